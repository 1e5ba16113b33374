/** What stands behind the code in a status line; codes without an entry have nothing (ngx_http_status_lines). */
const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Time-out',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
};

const lines = new Map<number, string>();

/** The status line with its line end; always HTTP/1.1, whatever the client speaks. */
export function statusLine(status: number): string {
  let line = lines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${String(status).padStart(3, '0')} ${reasons[status] ?? ''}\r\n`;
    lines.set(status, line);
  }
  return line;
}

/** Titles of nginx's own pages where they differ from the status line. */
const titles: Readonly<Record<number, string>> = {
  302: '302 Found',
  401: '401 Authorization Required',
};

const withPage = new Set([
  301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 421, 429, 500, 501,
  502, 503, 504, 505, 507,
]);

/** Pages that explain a 400 in a line of their own: title, then text. */
const explained: Readonly<Record<number, readonly [string, string]>> = {
  494: ['400 Request Header Or Cookie Too Large', 'Request Header Or Cookie Too Large'],
  495: ['400 The SSL certificate error', 'The SSL certificate error'],
  496: ['400 No required SSL certificate was sent', 'No required SSL certificate was sent'],
  497: ['400 The plain HTTP request was sent to HTTPS port', 'The plain HTTP request was sent to HTTPS port'],
};

/** The start of nginx's page for a status, up to the line with its name; undefined when it has no page (ngx_http_error_pages). */
export function pageStart(status: number): string | undefined {
  const [title, text] = explained[status] ?? [];
  if (title !== undefined) {
    return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>${text}</center>\r\n`;
  }
  const code = status === 498 ? 404 : status;
  if (!withPage.has(code)) return undefined;
  const name = titles[code] ?? `${code} ${reasons[code]}`;
  return `<html>\r\n<head><title>${name}</title></head>\r\n<body>\r\n<center><h1>${name}</h1></center>\r\n`;
}

/** What follows: a rule and the server's name. */
export function pageEnd(server: string): string {
  return `<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`;
}

/** nginx pads error pages for browsers that replace short ones by their own. */
export const padding = '<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n'.repeat(6);
