import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Fix } from '../../../diagnostics/diagnostic.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { type Buffers, parseSize } from '../../../schema/values/size.ts';
import { insertAfter, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const proxyBuffersInvalid = defineRule({
  id: 'proxy-buffers-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'buffers of a proxy that do not fit each other',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_busy_buffers_size'],
  madeIn: 'model',
  advise: ({ nginx, directive }) => {
    const prefix = /^"(\w+?)_(?:busy|temp|max|buffers)/.exec(nginx)?.[1];
    if (prefix === undefined) return undefined;
    const lines = fitting(prefix, directive);
    const written = lines.map(({ name, value }) => `${name} ${value};`).join(' ');
    return {
      help:
        written === ''
          ? `set ${prefix}_buffer_size, ${prefix}_buffers and ${prefix}_busy_buffers_size together: 128k, 4 256k and 256k fit`
          : `write "${written}"`,
      fix: fixOf(directive, lines),
    };
  },
});

interface Line {
  readonly name: string;
  readonly value: string;
}

/** What has to be written, beside what is, for sizes that nginx takes (ngx_http_proxy_merge_loc_conf); none when they are taken. */
function fitting(prefix: string, directive: ConfigDirective): readonly Line[] {
  const argsOf = (name: string) => nearest(directive, `${prefix}_${name}`)?.args;
  const sizeOf = (name: string) => parseSize(argsOf(name)?.[0] ?? '');
  const first = sizeOf('buffer_size') ?? 4096;
  const before = buffersIn(argsOf('buffers'));
  const each = before?.size ?? Math.max(first, 4096);
  const largest = Math.max(first, each);
  const saidBusy = sizeOf('busy_buffers_size');
  const busy = saidBusy === undefined || saidBusy < largest ? 2 * largest : saidBusy;
  const has = before ?? { count: 8, size: 4096 };
  const isEnough = has.count > 1 && has.size === each && busy <= (has.count - 1) * each;
  const count = Math.max(before?.count ?? 4, Math.ceil(busy / each) + 1);
  const lines = isEnough ? [] : [{ name: `${prefix}_buffers`, value: `${count} ${shown(each)}` }];
  if (saidBusy !== undefined && saidBusy !== busy) lines.push({ name: `${prefix}_busy_buffers_size`, value: shown(busy) });
  for (const name of ['temp_file_write_size', 'max_temp_file_size']) {
    const size = sizeOf(name);
    if (size !== undefined && size < largest && !(size === 0 && name.startsWith('max')))
      lines.push({ name: `${prefix}_${name}`, value: shown(2 * largest) });
  }
  return lines;
}

function fixOf(directive: ConfigDirective, lines: readonly Line[]): Fix | undefined {
  const added: string[] = [];
  const edits = lines.flatMap(({ name, value }) => {
    const line = directive.parent?.children?.findLast((one) => one.name === name);
    if (!line) added.push(`${name} ${value};`);
    const [start, end] = [line && spanOfArgument(line, 0), line && spanOfArgument(line, line.args.length - 1)];
    return start && end ? [replace({ ...start, end: end.end }, value)] : [];
  });
  if (added.length > 0) edits.push(insertAfter(directive, added));
  return edits.length === 0 ? undefined : { title: 'write sizes that fit', safety: 'unsafe', edits };
}

/** The last directive of a name in the nearest block around `inside` that has one. */
function nearest({ parent }: ConfigDirective, name: string): ConfigDirective | undefined {
  for (let block = parent; block; block = block.parent) {
    const found = block.children?.findLast((one) => one.name === name);
    if (found) return found;
  }
  return undefined;
}

function buffersIn(args: readonly string[] | undefined): Buffers | undefined {
  const [count, size] = [parseNumber(args?.[0] ?? ''), parseSize(args?.[1] ?? '')];
  return count && size ? { count, size } : undefined;
}

function shown(bytes: number): string {
  if (bytes % 1024 !== 0) return `${bytes}`;
  return bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2}m` : `${bytes / 1024}k`;
}
