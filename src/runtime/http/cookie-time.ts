/** Two digits of the year until 2037; the time is in seconds since the epoch (ngx_http_cookie_time). */
export function cookieTime(seconds: number): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(seconds * 1000).toUTCString().split(' ');
  return `${weekday} ${day}-${month}-${Number(year) > 2037 ? year : year.slice(2)} ${time} GMT`;
}
