const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `28/Sep/1970:12:00:00 +0600`, as the common log format has it. */
export function clfTime(now: number): string {
  const date = new Date(now);
  return `${two(date.getDate())}/${months[date.getMonth()]}/${date.getFullYear()}:${clock(date)} ${zone(date, '')}`;
}

/** `1970-09-28T12:00:00+06:00`. */
export function isoTime(now: number): string {
  const date = new Date(now);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${clock(date)}${zone(date, ':')}`;
}

function clock(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function zone(date: Date, colon: string): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
