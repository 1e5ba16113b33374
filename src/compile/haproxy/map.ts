import { inLowerCase } from '../../model/address.ts';
import type { Model } from '../../model/build.ts';
import { type Use, usesNamed } from '../../model/scope.ts';
import { sampleOf, textOf } from './expression.ts';
import type { Job } from './job.ts';
import { escapeRegex, word } from './words.ts';

/** A `map` as rules that give a variable of HAProxy its value. */
export interface MapRules {
  readonly use: Use;
  /** `txn.map_NAME` */
  readonly variable: string;
  readonly rules: readonly string[];
}

/** Names of variables that `map` defines, with the samples that hold their values. */
export function mapSamples(model: Model): ReadonlyMap<string, string> {
  const uses = usesNamed(model.root, ['map']);
  return new Map(
    uses.map(({ directive }) => [nameOf(directive.args[1] ?? ''), `var(txn.map_${nameOf(directive.args[1] ?? '')})`]),
  );
}

function nameOf(variable: string): string {
  return inLowerCase(variable.replace(/^\$/, ''));
}

/** Rules for the maps that some text names; the strongest line comes last: default, patterns from the last, texts. */
export function mapRules(job: Job, text: string): readonly MapRules[] {
  const needed = usesNamed(job.model.root, ['map']).filter(({ directive }) =>
    text.includes(`txn.map_${nameOf(directive.args[1] ?? '')})`),
  );
  return needed.map((use) => ({ use, variable: `txn.map_${nameOf(use.directive.args[1] ?? '')}`, rules: rulesOf(job, use) }));
}

function rulesOf({ ledger, model }: Job, { directive, scope }: Use): readonly string[] {
  const around = { scope, own: mapSamples(model) };
  const [source = '', target = ''] = directive.args;
  const variable = `txn.map_${nameOf(target)}`;
  const [, braced, plain] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(source) ?? [];
  const sample = sampleOf(inLowerCase(braced ?? plain ?? ''), around);
  if (sample === undefined) {
    ledger.dropped(directive, `HAProxy knows no ${source}: the value is empty`);
    return [];
  }
  ledger.mapped(directive, 'http-request set-var-fmt');
  const lines = (directive.children ?? []).filter(({ name }) => name !== 'volatile' && name !== 'hostnames');
  const hosts = directive.children?.some(({ name }) => name === 'hostnames') ?? false;
  const written = lines.flatMap((line) => {
    const value = textOf(line.args[0] ?? '', around);
    const test = testOf(line.name, word(sample), hosts);
    if (line.name !== 'include' && 'format' in value)
      return [{ ...test, rule: `http-request set-var-fmt(${variable}) ${word(value.format)}` }];
    ledger.droppedLine(line, 'lost' in value ? `HAProxy knows no ${value.lost}` : 'what it includes is not read');
    return [];
  });
  // The last rule that fits wins: patterns come in reverse, and what is stronger after what is weaker.
  const patterns = written.filter(({ rank }) => rank === 1).reverse();
  const others = written.filter(({ rank }) => rank !== 1).sort((a, b) => a.rank - b.rank || a.length - b.length);
  const inOrder = [...others.filter(({ rank }) => rank < 1), ...patterns, ...others.filter(({ rank }) => rank > 1)];
  return inOrder.map(({ rule, terms }) => (terms === '' ? rule : `${rule} if ${terms}`));
}

interface LineTest {
  readonly terms: string;
  /** 0 default, 1 patterns, 2 names that end in a star, 3 that begin with one, 4 texts. */
  readonly rank: number;
  readonly length: number;
}

/** When a line of a map fits (ngx_http_map_find): texts count without case. */
function testOf(key: string, subject: string, hosts: boolean): LineTest {
  const { length } = key;
  if (key === 'default') return { terms: '', rank: 0, length };
  if (key.startsWith('~')) {
    const caseless = key.startsWith('~*');
    return { terms: `{ ${subject} -m reg ${caseless ? '-i ' : ''}-- ${word(key.slice(caseless ? 2 : 1))} }`, rank: 1, length };
  }
  if (key === '') return { terms: `!{ ${subject} -m len gt 0 }`, rank: 4, length };
  if (hosts && key.endsWith('.*')) return { terms: `{ ${subject} -m beg -i -- ${word(key.slice(0, -1))} }`, rank: 2, length };
  if (hosts && key.startsWith('*.')) return { terms: `{ ${subject} -m end -i -- ${word(key.slice(1))} }`, rank: 3, length };
  const dotted = hosts && key.startsWith('.');
  if (dotted) return { terms: `{ ${subject} -m reg -i -- ${word(`(^|[.])${escapeRegex(key.slice(1))}$`)} }`, rank: 3, length };
  return { terms: `{ ${subject} -m str -i -- ${word(key.replace(/^\\/, ''))} }`, rank: 4, length };
}
