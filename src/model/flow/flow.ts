import { cutScript, type ScriptPart } from '../../../grammar/script.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { type ByteSet, named, setOf, union } from '../../regex/byte-set.ts';
import { type Language, languageOf, literalPattern } from '../../regex/language.ts';
import { inLowerCase } from '../address.ts';
import type { Model } from '../build.ts';
import { nearestWith, scopesAround, settingScope } from '../inherited.ts';
import { effective, type Scope } from '../scope.ts';
import { contentOf, type Origin, type VariableContent } from '../variable-contents.ts';
import type { Expansion, Place } from './atom.ts';
import { captured } from './captured.ts';
import { type Definition, type Definitions, definitionsIn, isInStream, type Line } from './definitions.ts';
import { givenNames } from './given-names.ts';
import { type Guard, groups, type Knowledge, type Matching, ordered, type Step, stepsOf } from './steps.ts';

/** More possible texts than these are not listed, and deeper definitions not followed. */
const mostExpansions = 64;
const deepest = 12;
const mostGuards = 8;

/** Scripts can give any variable another value. */
const scripts = [
  'rewrite_by_lua_block',
  'rewrite_by_lua_file',
  'rewrite_by_lua',
  'access_by_lua_block',
  'access_by_lua_file',
  'access_by_lua',
  'js_access',
];

/** What is being read, on the way down through definitions. */
interface Reading extends Place {
  readonly depth: number;
  /** The pattern of a map's line: its groups are the value's `$1`. */
  readonly match?: Matching | undefined;
}

const memory = new WeakMap<Model, Flow>();

/** Follows the variables of a model. */
export function flowOf(model: Model): Flow {
  let flow = memory.get(model);
  if (!flow) memory.set(model, (flow = new Flow(model.root)));
  return flow;
}

/** Where values come from; everything that is found is remembered. */
export class Flow {
  private readonly http: Definitions;
  private readonly stream: Definitions;
  private readonly given: ReadonlySet<string>;
  private readonly everywhere = new Map<string, readonly Expansion[] | null>();
  private readonly read = new WeakMap<Scope, Map<string, readonly Expansion[] | null>>();
  private readonly elsewhere = new WeakMap<Scope, ReadonlyMap<string, readonly (readonly [Scope, Step])[]>>();

  constructor(root: Scope) {
    this.http = definitionsIn(root, false);
    this.stream = definitionsIn(root, true);
    this.given = givenNames(root);
  }

  /** Every text that a value can become at a place, in atoms; null when there are too many. */
  expand(value: string, place: Place): readonly Expansion[] | null {
    return this.sameEverywhere(value) ?? this.script(value, { ...place, depth: 0 });
  }

  private script(value: string, reading: Reading): readonly Expansion[] | null {
    const same = reading.match || reading.depth > deepest ? null : this.sameEverywhere(value);
    if (same) return same;
    let found: readonly Expansion[] = [{ atoms: [], via: [] }];
    for (const part of cutScript(value).parts) {
      const next = this.part(part, reading);
      if (!next || found.length * next.length > mostExpansions) return null;
      found = found.flatMap((start) => next.map((end) => join(start, end)));
    }
    return distinct(found);
  }

  /** What a value is wherever it stands, as nothing in the configuration changes its variables; null when something may. */
  private sameEverywhere(value: string): readonly Expansion[] | null {
    let found = this.everywhere.get(value);
    if (found === undefined) {
      let whole: Expansion | null = { atoms: [], via: [] };
      for (const part of cutScript(value).parts) {
        const next = part.kind === 'literal' ? text(part.text) : this.untouched(part);
        whole = whole && next && join(whole, next);
      }
      this.everywhere.set(value, (found = whole && [whole]));
    }
    return found;
  }

  private untouched(part: Exclude<ScriptPart, { kind: 'literal' }>): Expansion | null {
    if (part.kind === 'capture') return null;
    const name = inLowerCase(part.name);
    if (this.given.has(name) || this.http.has(name) || this.stream.has(name)) return null;
    const own = contentOf(name);
    return own.origin === 'unknown' ? unknown(name) : ofNginx(name, own);
  }

  private part(part: ScriptPart, reading: Reading): readonly Expansion[] | null {
    if (part.kind === 'literal') return [{ atoms: [{ kind: 'text', text: part.text }], via: [] }];
    return this.variable(part.kind === 'capture' ? String(part.index) : inLowerCase(part.name), reading);
  }

  private variable(name: string, reading: Reading): readonly Expansion[] | null {
    if (reading.depth > deepest) return [unknown(name)];
    if (reading.match) return this.inMatch(name, reading, reading.match);
    const { scope, before } = reading;
    const order = this.positionOf(reading);
    let known = this.read.get(scope);
    if (!known) this.read.set(scope, (known = new Map()));
    const key = `${name} ${order} ${before?.directive.name === 'rewrite'}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = this.guarded(name, reading, order)));
    return found;
  }

  /** In the value of a map's line, its pattern's groups come first. */
  private inMatch(name: string, { match: _, ...outer }: Reading, match: Matching): readonly Expansion[] | null {
    const group = /^[1-9]$/.test(name)
      ? Number(name)
      : [...(match.language?.names ?? [])].find(([own]) => inLowerCase(own) === name)?.[1];
    return group === undefined ? this.variable(name, outer) : this.group(match, group, outer);
  }

  private positionOf({ scope, before }: Place): number {
    if (!before || !ordered.has(before.directive.name)) return Infinity;
    return stepsOf(settingScope(scope)).orders.get(before) ?? Infinity;
  }

  private guarded(name: string, reading: Reading, order: number): readonly Expansion[] | null {
    const found = this.alternatives(name, reading, order);
    const known = knowledgeOf(name, reading, order);
    if (!found || known.length === 0) return found;
    const is = known.find((one) => 'is' in one);
    return is ? [text(is.is)] : found.map((expansion) => narrowed(expansion, known));
  }

  private alternatives(name: string, reading: Reading, order: number): readonly Expansion[] | null {
    const group = /^[1-9]$/.test(name) ? Number(name) : 0;
    const { steps, certain } = this.stepsFor(group > 0 ? groups : name, reading, order);
    const parts = steps.map(([scope, step]) => this.step(step, group, { ...reading, scope }));
    if (group > 0) return merge(certain || parts.length > 0 ? parts : [[text('')]]);
    if (parts.length > 0 && nearestWith(reading.scope, scripts).length > 0) parts.push([unknown(name)]);
    const authorized = order === Infinity ? this.authorized(name, reading) : undefined;
    if (authorized) return authorized;
    if (certain) return merge(parts);
    const definition = (isInStream(reading.scope) ? this.stream : this.http).get(name);
    if (definition) return merge([...parts, this.defined(name, definition, reading)]);
    const own = contentOf(name);
    if (own.origin !== 'unknown') return merge([...parts, [ofNginx(name, own)]]);
    if (parts.length > 0) return merge(parts);
    return this.fromElsewhere(name, reading) ?? [unknown(name)];
  }

  /** What may have given the variable its value, the last first, up to what certainly has. */
  private stepsFor(name: string, { scope, before }: Reading, order: number): { steps: [Scope, Step][]; certain: boolean } {
    const found: [Scope, Step][] = [];
    const block = settingScope(scope);
    const owner = before?.directive.name === 'rewrite' ? before : undefined;
    for (const at of [block, ...outerBlocks(block)]) {
      const list = stepsOf(at).byName.get(name) ?? [];
      for (let index = lastUpTo(list, at === block ? order : Infinity); index >= 0; index--) {
        const step = list[index] as Step;
        const own = owner !== undefined && step.use === owner;
        if (!isSeen(step, at, block, scope, order, own)) continue;
        found.push([step.inside ?? at, step]);
        if (own || (!step.sometimes && (step.inside === null || step.inside === scope))) return { steps: found, certain: true };
        if (found.length > mostExpansions) return { steps: found, certain: false };
      }
    }
    return { steps: found, certain: false };
  }

  private step({ gives, use }: Step, group: number, { scope, depth }: Reading): readonly Expansion[] | null {
    if (gives === 'unknown') return [unknown(use?.directive.args[0]?.slice(1) ?? '')];
    const inside: Reading = { scope, depth: depth + 1, ...(use && ordered.has(use.directive.name) ? { before: use } : {}) };
    if ('value' in gives) return through(this.script(gives.value, inside), use?.directive);
    return this.group(gives.match, group || (gives.match.language?.names.get(gives.name) ?? 0), inside);
  }

  /** The text of a group of a pattern that has matched. */
  private group({ language, subject, directive }: Matching, group: number, reading: Reading): readonly Expansion[] | null {
    if (language && group > language.groups) return [text('')];
    const { before: _, ...place } = reading;
    const subjects = this.script(subject, { ...place, depth: reading.depth + 1 });
    if (!subjects) return null;
    return distinct(subjects.map(({ atoms, via }) => ({ atoms: [captured(language, group, atoms)], via: [...via, directive] })));
  }

  private defined(name: string, definition: Definition, reading: Reading): readonly Expansion[] | null {
    if (!definition.lines) return [unknown(name)];
    const plain = new Set<string>();
    const others: (readonly Expansion[] | null)[] = [];
    for (const line of definition.lines) {
      if (line.isScript && line.value.includes('$')) others.push(this.line(line, definition, reading));
      else plain.add(line.value);
      if (others.length > mostExpansions) return null;
    }
    const texts = plain.size > mostExpansions ? [oneOf(name, [...plain])] : [...plain].map(text);
    return through(merge([texts, ...others]), definition.directive);
  }

  private line({ value, key, directive }: Line, { source }: Definition, reading: Reading): readonly Expansion[] | null {
    const language = key && 'match' in key ? key.match : null;
    const match = key && 'match' in key ? { directive, language, subject: source } : undefined;
    const found = through(this.script(value, { ...reading, match, depth: reading.depth + 1 }), directive);
    const known = key && 'text' in key ? languageOfText(key.text) : language;
    const itself = inLowerCase(source.replace(/^\$\{?|\}$/g, ''));
    return found?.map((expansion) => (known ? narrowed(expansion, [{ matches: known }], itself) : expansion)) ?? null;
  }

  private authorized(name: string, reading: Reading): readonly Expansion[] | null | undefined {
    const use = effective(reading.scope, 'auth_request_set').find(
      ({ directive }) => inLowerCase(directive.args[0] ?? '') === `$${name}`,
    );
    return (
      use && through(this.script(use.directive.args[1] ?? '', { scope: use.scope, depth: reading.depth + 1 }), use.directive)
    );
  }

  /** A variable of another location: the request may have come from there. */
  private fromElsewhere(name: string, reading: Reading): readonly Expansion[] | null | undefined {
    const server = serverOf(settingScope(reading.scope));
    if (!server) return undefined;
    let known = this.elsewhere.get(server);
    if (!known) this.elsewhere.set(server, (known = gather(server)));
    const steps = known.get(name);
    if (!steps || steps.length > mostExpansions) return steps && null;
    return merge(steps.map(([scope, step]) => this.step(step, 0, { ...reading, scope })));
  }
}

function isSeen(step: Step, at: Scope, block: Scope, scope: Scope, order: number, own: boolean): boolean {
  if (own) return true;
  // A location's own directives do not run in the locations inside of it; its pattern has matched all the same.
  if (at !== block && at.directive?.name === 'location' && step.order !== -1) return false;
  if (at === block && step.order >= order) return false;
  return !step.leaves || (step.inside !== null && step.inside === scope);
}

/** What the conditions around and before a place say of a variable, the nearest first, as long as nothing changes it in between. */
function knowledgeOf(name: string, { scope }: Reading, order: number): readonly Knowledge[] {
  const block = settingScope(scope);
  const { premises, guards, byName } = stepsOf(block);
  const premise = premises.get(scope);
  const found = premise?.variable === name ? [premise.knowledge] : [];
  const list = guards.get(name) ?? [];
  const steps = byName.get(name) ?? [];
  const changed = steps[lastUpTo(steps, order - 1)]?.order ?? -1;
  for (let index = lastUpTo(list, order - 1); index >= 0 && found.length < mostGuards; index--) {
    const guard = list[index] as Guard;
    if (guard.order >= changed) found.push(guard.knowledge);
  }
  const server = serverOf(block);
  if (server && server !== block && changed < 0 && !byName.has(name))
    for (const guard of stepsOf(server).guards.get(name)?.slice(-mostGuards) ?? []) found.push(guard.knowledge);
  return found;
}

/** The index of the last of the things in order that does not come behind `order`; -1 when there is none. */
function lastUpTo(list: readonly { readonly order: number }[], order: number): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle]?.order ?? 0) <= order) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

function* outerBlocks(block: Scope): Generator<Scope> {
  for (const at of scopesAround(block))
    if (at !== block && (at.directive?.name === 'location' || at.directive?.name === 'server')) yield at;
}

function serverOf(scope: Scope): Scope | undefined {
  for (const at of scopesAround(scope)) if (at.directive?.name === 'server') return at;
  return undefined;
}

function gather(server: Scope): ReadonlyMap<string, readonly (readonly [Scope, Step])[]> {
  const found = new Map<string, (readonly [Scope, Step])[]>();
  const blocks = [server];
  // An array takes additions while it is walked.
  for (const block of blocks) {
    for (const [name, steps] of stepsOf(block).byName) {
      const list = found.get(name) ?? [];
      for (const step of steps) list.push([step.inside ?? block, step]);
      found.set(name, list);
    }
    for (const child of block.children) if (child.directive?.name === 'location') blocks.push(child);
  }
  return found;
}

function ofNginx(name: string, { origin, part, bytes, always, never }: VariableContent): Expansion {
  const read = (patterns: readonly string[]) =>
    patterns.map((pattern) => languageOf(pattern)).filter((language) => language !== null);
  return { atoms: [{ kind: 'held', variable: name, origin, part, bytes, always: read(always), never: read(never) }], via: [] };
}

/** A literal key of a map, which compares without case; names with wildcards say less. */
function languageOfText(key: string): Language | null {
  return /^[.*]|\.\*$/.test(key) ? null : languageOf(`^${literalPattern(key)}\\z`, true);
}

function unknown(variable: string): Expansion {
  return held(variable, 'unknown', named.all);
}

/** One of many texts of the configuration. */
function oneOf(variable: string, texts: readonly string[]): Expansion {
  return held(variable, 'server', union(...texts.map(setOf)));
}

function held(variable: string, origin: Origin, bytes: ByteSet): Expansion {
  return { atoms: [{ kind: 'held', variable, origin, part: '', bytes, always: [], never: [] }], via: [] };
}

function text(value: string): Expansion {
  return { atoms: [{ kind: 'text', text: value }], via: [] };
}

/** What is known of a value that is one variable and nothing else. */
function narrowed(expansion: Expansion, known: readonly Knowledge[], only?: string): Expansion {
  const [atom, ...more] = expansion.atoms;
  if (!atom || atom.kind === 'text' || more.length > 0 || (only !== undefined && (atom.variable !== only || atom.capture)))
    return expansion;
  const always = known.flatMap((one) => ('matches' in one ? [one.matches] : []));
  const never = known.flatMap((one) => ('fails' in one ? [one.fails] : []));
  return { ...expansion, atoms: [{ ...atom, always: [...atom.always, ...always], never: [...atom.never, ...never] }] };
}

function through(found: readonly Expansion[] | null, directive: ConfigDirective | undefined): readonly Expansion[] | null {
  return found && (directive ? found.map(({ atoms, via }) => ({ atoms, via: [...via, directive] })) : found);
}

function merge(parts: readonly (readonly Expansion[] | null)[]): readonly Expansion[] | null {
  const all: Expansion[] = [];
  for (const part of parts) {
    if (!part) return null;
    all.push(...part);
  }
  const once = distinct(all);
  return once.length > mostExpansions ? null : once;
}

function join(start: Expansion, end: Expansion): Expansion {
  const last = start.atoms.at(-1);
  const [first, ...rest] = end.atoms;
  const via = [...start.via, ...end.via.filter((directive) => !start.via.includes(directive))];
  if (last?.kind === 'text' && first?.kind === 'text')
    return { atoms: [...start.atoms.slice(0, -1), { kind: 'text', text: last.text + first.text }, ...rest], via };
  return { atoms: [...start.atoms, ...end.atoms], via };
}

/** The same texts by different ways count once; what is not text is kept apart. */
function distinct(expansions: readonly Expansion[]): readonly Expansion[] {
  const texts = new Set<string>();
  return expansions.filter(({ atoms }) => {
    if (atoms.some(({ kind }) => kind === 'held')) return true;
    const whole = atoms.map((atom) => (atom.kind === 'text' ? atom.text : '')).join('');
    if (texts.has(whole)) return false;
    texts.add(whole);
    return true;
  });
}
