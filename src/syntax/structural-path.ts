import { display } from '../base/source-text.ts';
import type { Directive, File } from './tree.ts';

/**
 * Where an offset lies by the blocks around it and not by its line: `server[a.example.com:80]>location[/]>proxy_pass`.
 * Blocks are told apart by their arguments, a `server` by its first name and `listen`; lines and blanks may change.
 */
export function structuralPath(file: File, offset: number): string {
  const steps: string[] = [];
  let at = around(file.directives, offset);
  while (at) {
    steps.push(at.block ? `${at.name.value}${labelOf(at)}` : at.name.value);
    at = at.block ? around(at.block.directives, offset) : undefined;
  }
  return display(steps.join('>'));
}

/** The last directive that starts at or before the offset, if it reaches so far. */
function around(directives: readonly Directive[], offset: number): Directive | undefined {
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((directives[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = directives[low - 1];
  return found && offset <= found.end ? found : undefined;
}

function labelOf({ name, args, block }: Directive): string {
  if (args.length > 0) return `[${args.map(({ value }) => value).join(' ')}]`;
  if (name.value !== 'server' || !block) return '';
  const first = (wanted: string) => block.directives.find((one) => one.name.value === wanted)?.args[0]?.value;
  const known = [first('server_name'), first('listen')].filter((value) => value !== undefined);
  return known.length === 0 ? '' : `[${known.join(':')}]`;
}
