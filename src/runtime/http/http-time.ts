const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const forms: readonly RegExp[] = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^[A-Za-z]{3},? (?<day>\d{2}) (?<month>[A-Za-z]{3}) (?<year>\d{4}) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})/,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^[A-Za-z]+, (?<day>\d{2})-(?<month>[A-Za-z]{3})-(?<year>\d{2}) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})/,
  // Sun Nov  6 08:49:37 1994
  /^[A-Za-z]{3} (?<month>[A-Za-z]{3}) (?<day>[ \d]\d) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) (?<year>\d{4})/,
];

/** Seconds since the epoch of an HTTP date in one of its three forms; -1 when it is none (ngx_parse_http_time). */
export function parseHttpTime(text: string): number {
  for (const form of forms) {
    const groups = form.exec(text)?.groups;
    if (!groups) continue;
    const month = months.indexOf((groups.month as string).toLowerCase());
    const [day, hour, minute, second] = [groups.day, groups.hour, groups.minute, groups.second].map(Number) as [
      number,
      number,
      number,
      number,
    ];
    const short = Number(groups.year);
    const year = short >= 100 ? short : short < 70 ? short + 2000 : short + 1900;
    if (month < 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return -1;
    const time = Date.UTC(year, month, day, hour, minute, second);
    return new Date(time).getUTCDate() === day ? time / 1000 : -1;
  }
  return -1;
}
