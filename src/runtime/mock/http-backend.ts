import type { BackendHandler } from './http-server.ts';

/** A stand-in for the backend called `peer`: says that it is one, who it is, and what it was sent. */
export function mockHttpBackend(peer: string): BackendHandler {
  let served = 0;
  return (request) => {
    served++;
    const headers = { 'X-Mock-Backend': peer };
    if (/json/.test(request.header('accept') ?? '')) {
      const { method, uri, requestLine, body } = request;
      const echo = { mock: true, peer, served, method, uri, requestLine, headers: request.headers, body: body.toString('utf8') };
      return { headers: { ...headers, 'Content-Type': 'application/json' }, body: `${JSON.stringify(echo, null, 2)}\n` };
    }
    return { headers: { ...headers, 'Content-Type': 'text/plain' }, body: plainPage(peer, served, request) };
  };
}

function plainPage(peer: string, served: number, { requestLine, headers, body }: Parameters<BackendHandler>[0]): string {
  const lines = [
    `nginxrun answers in place of ${peer}, which cannot be reached from here.`,
    `It has been asked ${served === 1 ? 'once' : `${served} times`}; this is what it received:`,
    '',
    requestLine,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  if (body.length > 0) lines.push('', body.toString('latin1'));
  return `${lines.join('\n')}\n`;
}
