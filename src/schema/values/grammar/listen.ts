import * as say from '../../../diagnostics/nginx-messages.ts';
import { parseNumber } from '../number.ts';
import { parseSize } from '../size.ts';
import { parseTime } from '../time.ts';

/** What `listen` says besides the address. */
export interface ListenOptions {
  readonly isDefault: boolean;
  /** Some socket option is written: only one `listen` of an address may do so. */
  readonly set: boolean;
  readonly bind: boolean;
  readonly ssl: boolean;
  readonly quic: boolean;
  readonly udp: boolean;
  readonly http2: boolean;
  readonly backlog: boolean;
  readonly soKeepalive: boolean;
  readonly fastopen: boolean;
  readonly proxyProtocol: boolean;
}

/** What a parameter is, or nginx's words against it. */
export type ListenParameter = keyof ListenOptions | 'none' | { readonly error: string };

const numbered: Readonly<Record<string, (value: string) => boolean>> = {
  backlog: (value) => (parseNumber(value) ?? 0) > 0,
  fastopen: (value) => parseNumber(value) !== undefined,
  rcvbuf: (value) => parseSize(value) !== undefined,
  sndbuf: (value) => parseSize(value) !== undefined,
};

/** Reads a parameter that nginx's http, stream and mail all have; undefined for others. */
export function socketParameter(word: string): ListenParameter | undefined {
  if (word === 'bind' || word === 'reuseport') return 'set';
  const [, name = '', value = ''] = /^(backlog|rcvbuf|sndbuf|fastopen)=(.*)$/s.exec(word) ?? [];
  if (name)
    return !numbered[name]?.(value)
      ? { error: say.invalidOption(name, word) }
      : name === 'backlog' || name === 'fastopen'
        ? name
        : 'set';
  if (word.startsWith('ipv6only=o')) {
    return word === 'ipv6only=on' || word === 'ipv6only=off' ? 'set' : { error: say.invalidIpv6only(word.slice(9)) };
  }
  if (word.startsWith('so_keepalive='))
    return keepalive(word.slice(13)) ? 'soKeepalive' : { error: say.invalidSoKeepalive(word.slice(13)) };
  return undefined;
}

/** `on`, `off`, `30m::10` */
function keepalive(value: string): boolean {
  if (value === 'on' || value === 'off') return true;
  const [idle = '', interval = '', ...rest] = value.split(':');
  const count = rest.join(':');
  const times = [idle, interval].map((time) => (time === '' ? 0 : parseTime(time, 's')));
  const probes = count === '' ? 0 : parseNumber(count);
  if (times.includes(undefined) || probes === undefined) return false;
  return [...times, probes].some((part) => part !== 0);
}
