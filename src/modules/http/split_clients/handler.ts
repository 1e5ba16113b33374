import type { ConfigDirective } from '../../../config/config-tree.ts';
import { handle, type PlanContext } from '../../../runtime/hooks.ts';
import { parsePercent } from '../../../schema/values/number.ts';
import { httpSplitClients } from './directives.ts';
import { murmurHash2 } from './murmur-hash2.ts';

/** `split_clients`: a variable whose value is drawn by a hash, the same for the same text. */
export const splitClientsHandler = handle(
  httpSplitClients,
  {
    http(_, at) {
      for (const { directive } of at.scope.uses) if (directive.name === 'split_clients') planSplit(directive, at);
    },
  },
  ['split_clients'],
);

interface Part {
  /** The first hash that is no longer in it; Infinity for `*`. */
  readonly below: number;
  readonly value: string;
}

// ngx_conf_split_clients_block
function planSplit(directive: ConfigDirective, at: PlanContext): void {
  const [text = '', name = ''] = directive.args;
  if (!name.startsWith('$')) return at.fail(directive, `invalid variable name "${name}"`);
  const source = at.script(text, directive);
  const parts = partsOf(directive, at);
  at.define(name.slice(1), (r) => {
    const hash = murmurHash2(source(r));
    return parts.find(({ below }) => hash < below)?.value ?? '';
  });
}

function partsOf(directive: ConfigDirective, at: PlanContext): readonly Part[] {
  let sum = 0;
  let below = 0;
  const parts: Part[] = [];
  for (const line of directive.children ?? []) {
    const percent = parsePercent(line.name);
    if (percent === undefined) at.fail(line, `invalid percent value "${line.name}"`);
    sum = percent === 0 ? 10_000 : sum + (percent ?? 0);
    // Each share is rounded down by itself, as nginx does.
    if (percent) below += Math.floor((percent * 0xffffffff) / 10_000);
    parts.push({ below: percent === 0 ? Infinity : below, value: line.args[0] ?? '' });
    if (sum > 10_000) {
      at.fail(directive, 'percent total is greater than 100%');
      break;
    }
  }
  return parts;
}
