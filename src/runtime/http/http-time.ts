const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Where each field stands; months are three bytes that monthOf reads, what follows is not looked at. */
const forms: readonly RegExp[] = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^[^, ]*, *(?<day>\d\d) (?<month>.{3}) (?<year>\d{4}) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)/s,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^[^, ]*, *(?<day>\d\d)-(?<month>.{3})-(?<year>\d\d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)/s,
  // Sun Nov  6 08:49:37 1994
  /^[^, ]* +(?<month>.{3}). ?(?<day>\d\d?) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) (?<year>\d{4})/s,
];

/** Seconds since the epoch of an HTTP date in one of its three forms; -1 when it is none (ngx_parse_http_time). */
export function parseHttpTime(text: string): number {
  for (const form of forms) {
    const groups = form.exec(text)?.groups;
    if (!groups) continue;
    const month = monthOf(groups.month as string);
    const [day, hour, minute, second] = [groups.day, groups.hour, groups.minute, groups.second].map(Number) as [
      number,
      number,
      number,
      number,
    ];
    const short = Number(groups.year);
    const year = groups.year?.length === 4 ? short : short < 70 ? short + 2000 : short + 1900;
    if (month < 0 || hour > 23 || minute > 59 || second > 59 || day > daysOf(month, year)) return -1;
    const time = new Date(0);
    time.setUTCFullYear(year, month, day);
    return time.setUTCHours(hour, minute, second) / 1000;
  }
  return -1;
}

/** The month that nginx takes three bytes for, from 0; it looks at as few of them as tell months apart. */
function monthOf(name: string): number {
  switch (name[0]) {
    case 'J':
      return name[1] === 'a' ? 0 : name[2] === 'n' ? 5 : 6;
    case 'M':
      return name[2] === 'r' ? 2 : 4;
    case 'A':
      return name[1] === 'p' ? 3 : 7;
    default:
      return { F: 1, S: 8, O: 9, N: 10, D: 11 }[name[0] ?? ''] ?? -1;
  }
}

function daysOf(month: number, year: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 1 && isLeap ? 29 : (days[month] as number);
}
