import type { ConfigDirective } from '../../../config/config-tree.ts';
import { handle, type PlanContext } from '../../../runtime/hooks.ts';
import { forwardedAddress } from '../../../runtime/http/forwarded-address.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { Cidr } from '../../../schema/values/grammar/cidr.ts';
import { type IpAddress, readIp } from '../../../schema/values/ip-address.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { httpGeo } from './directives.ts';
import { Networks, readNetwork } from './networks.ts';
import { Ranges, readRange } from './ranges.ts';

/** `geo`: a variable that the client's address decides. */
export const geoHandler = handle(
  httpGeo,
  {
    http(_, at) {
      for (const { directive } of at.scope.uses) if (directive.name === 'geo') planGeo(directive, at);
    },
  },
  ['geo'],
);

/** What the lines of one block have said so far. */
interface Block {
  readonly proxies: Cidr[];
  readonly networks: Networks;
  readonly ranges: Ranges;
  isRanges: boolean;
  hasNetworks: boolean;
  recursive: boolean;
  volatile: boolean;
}

// ngx_http_geo_block
function planGeo(directive: ConfigDirective, at: PlanContext): void {
  const name = directive.args.at(-1) ?? '';
  const [source = ''] = directive.args;
  const wrong = directive.args.find((word) => !word.startsWith('$'));
  if (wrong !== undefined) return at.fail(directive, `invalid variable name "${wrong}"`);
  const networks = new Networks();
  networks.setDefault('');
  const block: Block = {
    proxies: [],
    networks,
    ranges: new Ranges(),
    isRanges: false,
    hasNetworks: false,
    recursive: false,
    volatile: false,
  };
  for (const line of directive.children ?? []) planLine(line, block, at);
  const address = directive.args.length === 2 ? at.script(source, directive) : (r: Request) => r.remoteAddr;
  const table = block.isRanges ? block.ranges : networks;
  const trusted = { networks: block.proxies, recursive: block.recursive };
  const clientOf = (r: Request): IpAddress | undefined => {
    const own = readIp(address(r));
    return own && trusted.networks.length > 0 ? forwardedAddress(r, own, trusted) : own;
  };
  at.define(name.slice(1), (r) => table.find(clientOf(r)), { volatile: block.volatile });
}

// ngx_http_geo
function planLine(line: ConfigDirective, block: Block, at: PlanContext): void {
  const { name: first, args } = line;
  const [second = ''] = args;
  if (args.length === 0 && isWord(first, block, at)) {
    if (first === 'ranges' && block.hasNetworks)
      at.fail(line, 'the "ranges" directive must be the first directive inside "geo" block');
  } else if (args.length !== 1) at.fail(line, 'invalid number of the geo parameters');
  else if (first === 'include') return;
  else if (first === 'proxy') {
    const network = networkIn(second, line, at);
    if (network) block.proxies.push(network);
  } else if (block.isRanges) planRange(line, first, second, block.ranges, at);
  else {
    block.hasNetworks = true;
    planNetwork(line, first, second, block.networks, at);
  }
}

/** A line of one word, which is noted. */
function isWord(word: string, block: Block, at: PlanContext): boolean {
  if (word === 'ranges') block.isRanges = true;
  else if (word === 'proxy_recursive') block.recursive = true;
  else if (word === 'volatile' && isAtLeast(at.version, '1.29.3')) block.volatile = true;
  else return false;
  return true;
}

// ngx_http_geo_cidr
function planNetwork(line: ConfigDirective, first: string, second: string, networks: Networks, at: PlanContext): void {
  if (first === 'default') return networks.setDefault(second);
  const text = first === 'delete' ? second : first;
  const network = networkIn(text, line, at);
  if (!network) return;
  if (first === 'delete') {
    if (!networks.delete(network)) at.log('warn', `no network "${text}" to delete`);
    return;
  }
  const old = networks.set(network, second);
  if (old !== undefined && text !== '0.0.0.0/0' && text !== '::/0')
    at.log('warn', `duplicate network "${text}", value: "${second}", old value: "${old}"`);
}

function networkIn(text: string, line: ConfigDirective, at: PlanContext): Cidr | undefined {
  const network = readNetwork(text);
  if (!network) at.fail(line, `invalid network "${text}"`);
  else if (network.hasHostBits) at.log('warn', `low address bits of ${text} are meaningless`);
  return network;
}

// ngx_http_geo_range
function planRange(line: ConfigDirective, first: string, second: string, ranges: Ranges, at: PlanContext): void {
  if (first === 'default') {
    ranges.otherwise = second;
    return;
  }
  const text = first === 'delete' ? second : first;
  const range = readRange(text);
  if (!range) return at.fail(line, `invalid range "${text}"`);
  if (first === 'delete') {
    if (!ranges.delete(range)) at.log('warn', `no address range "${text}" to delete`);
    return;
  }
  const over = ranges.add(range, second);
  if (over) at.fail(line, `range "${text}" overlaps "${dotted(over.start)}-${dotted(over.end)}"`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
