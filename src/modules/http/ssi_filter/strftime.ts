const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = 'January February March April May June July August September October November December'.split(' ');
const day = 86_400_000;

/** What strftime sees of a moment: fields are those of the zone, read with the UTC methods of `date`. */
interface Moment {
  readonly date: Date;
  readonly seconds: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
  readonly zone: string;
}

/** Writes a time as strftime does in the C locale; `now` in milliseconds since the epoch. `%s` alone is their number. */
export function formatTime(format: string, now: number, isGmt: boolean): string {
  const offset = isGmt ? 0 : -new Date(now).getTimezoneOffset();
  const seconds = Math.floor(now / 1000);
  const zone = isGmt ? 'GMT' : zoneName(now, offset);
  return expand(format, { date: new Date(now + offset * 60_000), seconds, offset, zone });
}

function expand(format: string, moment: Moment): string {
  return format.replace(/%([_\-0^#]*)[EO]?(.)/gs, (whole, flags: string, letter: string) => {
    const write = Object.hasOwn(conversions, letter) ? conversions[letter] : undefined;
    return write ? flagged(write(moment), flags) : whole;
  });
}

/** GNU's flags: `-` and `_` change the padding of numbers, `^` makes capitals. */
function flagged(text: string, flags: string): string {
  let out = text;
  if (flags.includes('-')) out = out.replace(/^[ 0]+(?=[0-9])/, '');
  else if (flags.includes('_')) out = out.replace(/^0+(?=[0-9])/, (zeros) => ' '.repeat(zeros.length));
  else if (flags.includes('0')) out = out.replace(/^ +(?=[0-9])/, (blanks) => '0'.repeat(blanks.length));
  return flags.includes('^') ? out.toUpperCase() : out;
}

const conversions: Readonly<Record<string, (moment: Moment) => string>> = {
  a: ({ date }) => weekday(date).slice(0, 3),
  A: ({ date }) => weekday(date),
  b: ({ date }) => month(date).slice(0, 3),
  B: ({ date }) => month(date),
  c: (moment) => expand('%a %b %e %H:%M:%S %Y', moment),
  C: ({ date }) => pad(Math.floor(date.getUTCFullYear() / 100)),
  d: ({ date }) => pad(date.getUTCDate()),
  D: (moment) => expand('%m/%d/%y', moment),
  e: ({ date }) => pad(date.getUTCDate(), ' '),
  F: (moment) => expand('%Y-%m-%d', moment),
  g: ({ date }) => pad(isoWeek(date).year % 100),
  G: ({ date }) => String(isoWeek(date).year),
  h: ({ date }) => month(date).slice(0, 3),
  H: ({ date }) => pad(date.getUTCHours()),
  I: ({ date }) => pad(date.getUTCHours() % 12 || 12),
  j: ({ date }) => pad(dayOfYear(date) + 1, '0', 3),
  k: ({ date }) => pad(date.getUTCHours(), ' '),
  l: ({ date }) => pad(date.getUTCHours() % 12 || 12, ' '),
  m: ({ date }) => pad(date.getUTCMonth() + 1),
  M: ({ date }) => pad(date.getUTCMinutes()),
  n: () => '\n',
  p: ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: ({ date }) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  r: (moment) => expand('%I:%M:%S %p', moment),
  R: (moment) => expand('%H:%M', moment),
  s: ({ seconds }) => String(seconds),
  S: ({ date }) => pad(date.getUTCSeconds()),
  t: () => '\t',
  T: (moment) => expand('%H:%M:%S', moment),
  u: ({ date }) => String(date.getUTCDay() || 7),
  U: ({ date }) => pad(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7)),
  V: ({ date }) => pad(isoWeek(date).week),
  w: ({ date }) => String(date.getUTCDay()),
  W: ({ date }) => pad(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7)),
  x: (moment) => expand('%m/%d/%y', moment),
  X: (moment) => expand('%H:%M:%S', moment),
  y: ({ date }) => pad(date.getUTCFullYear() % 100),
  Y: ({ date }) => String(date.getUTCFullYear()),
  z: ({ offset }) => numericZone(offset),
  Z: ({ zone }) => zone,
  '%': () => '%',
};

function weekday(date: Date): string {
  return days[date.getUTCDay()] as string;
}

function month(date: Date): string {
  return months[date.getUTCMonth()] as string;
}

function pad(number: number, fill = '0', width = 2): string {
  return String(number).padStart(width, fill);
}

/** From 0 on. */
function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day);
}

/** Weeks of ISO 8601 belong to the year that has their Thursday. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * day);
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}

function numericZone(offset: number): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
}

/** The zone's letters where English has some, otherwise `+03`, as the system's tables have it. */
function zoneName(now: number, offset: number): string {
  for (const locale of ['en-US', 'en-GB', 'en-AU', 'en-IN']) {
    const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(now);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]+$/.test(name)) return name;
  }
  return numericZone(offset).replace(/00$/, '');
}
