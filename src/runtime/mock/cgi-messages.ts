import type { BackendHandler, BackendReply, BackendRequest } from './http-server.ts';

/*
 * What servers of FastCGI, SCGI and uwsgi have in common: they get params and answer with the head of a CGI program.
 */

/** A stand-in for the server called `peer`: says so, and shows what it would have run. `kind` is `FastCGI`, `SCGI` or `uwsgi`. */
export function mockCgiBackend(peer: string, kind: string): BackendHandler {
  return (request) => {
    const script = request.header('SCRIPT_FILENAME') ?? '(no SCRIPT_FILENAME)';
    const lines = [
      `nginxrun answers in place of the ${kind} server ${peer}, which cannot be reached from here.`,
      `It would have run ${script}; these are the params that it received:`,
      '',
      ...request.headers.map(([name, value]) => `${name}=${value}`),
    ];
    if (request.body.length > 0) lines.push('', request.body.toString('latin1'));
    return { headers: { 'X-Mock-Backend': peer, 'Content-Type': 'text/plain' }, body: `${lines.join('\n')}\n` };
  };
}

/** An answer as a CGI program writes it. */
export function cgiResponse(reply: BackendReply | string): Buffer {
  const { status, headers = {}, body = '', raw } = typeof reply === 'string' ? { body: reply } : reply;
  if (raw !== undefined) return Buffer.from(raw as string, 'latin1');
  const list = Array.isArray(headers)
    ? (headers as readonly (readonly [string, string])[])
    : Object.entries(headers as Record<string, string>);
  const lines = list.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `${status === undefined ? '' : `Status: ${status}\r\n`}${lines}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body as string)]);
}

/** A request whose headers are its params. */
export function requestOfParams(list: readonly (readonly [string, string])[], body: Buffer): BackendRequest {
  const get = (name: string) => list.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  const method = get('REQUEST_METHOD') ?? '';
  const uri = get('REQUEST_URI') ?? '';
  return { method, uri, requestLine: `${method} ${uri} ${get('SERVER_PROTOCOL') ?? ''}`, headers: list, header: get, body };
}
