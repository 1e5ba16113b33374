import { expect, test } from 'vitest';
import { lintText } from '../../src/check.ts';

function errorsIn(servers: string, nginxVersion: string): readonly string[] {
  return lintText(`events { }\nstream {\n${servers}\n}\n`, { nginxVersion })
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

const server = (listen: string, rest = '') => `server { listen ${listen}; ${rest} return ok; }`;

// ngx_stream_add_addresses, ngx_stream_add_server, ngx_stream_ssl_init.
test.each([
  ['two names', [server('443', 'server_name a;'), server('443', 'server_name b;')], []],
  ['the same twice in a server', ['server { listen 443; listen 443; return ok; }'], ['a duplicate listen 0.0.0.0:443']],
  [
    'two default servers',
    [server('443 default_server'), server('443 default_server')],
    ['a duplicate default server for 0.0.0.0:443'],
  ],
  [
    'options of the socket twice',
    [server('443 backlog=1'), server('443 backlog=1')],
    ['duplicate listen options for 0.0.0.0:443'],
  ],
  ['one that refuses', [server('443 ssl default_server', 'ssl_reject_handshake on;')], []],
])('stream servers at one address since 1.25.5: %s', (_, servers, messages) => {
  expect(errorsIn(servers.join('\n'), '1.29.0')).toEqual(messages);
});

test('before, an address had one server', () => {
  expect(errorsIn([server('443'), server('443')].join('\n'), '1.24.0')).toEqual([
    'duplicate "0.0.0.0:443" address and port pair',
  ]);
});
