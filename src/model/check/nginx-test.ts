import { isGlob } from '../../base/glob.ts';
import { type SourceText, sourceText } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { fullName } from '../../config/paths.ts';
import type { ReadFailure, SourceLoader } from '../../config/source-loader.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { main } from '../../schema/contexts.ts';
import { mayBeForeign } from '../modules.ts';
import type { Finding } from './finding.ts';
import { finish } from './finish.ts';
import type { HostQuestions } from './host-questions.ts';
import { readAsNginx } from './reader.ts';
import { Run } from './run.ts';
import { setterOf } from './setters.ts';
import type { Target } from './target.ts';

/** What `nginx -t` is asked. */
export interface NginxTest {
  /** The configuration file, a full path. */
  readonly path: string;
  readonly loader: SourceLoader;
  readonly target: Target;
  /** Where relative includes start, with its slash; default: the file's directory. */
  readonly confPrefix?: string;
  /** Where other relative paths start, with its slash. */
  readonly prefix?: string;
  /** The text of `-g`. */
  readonly globals?: string;
  /** What may be asked of the machine; default: nothing. */
  readonly host?: HostQuestions;
}

/** What `nginx -t` answers. */
export interface Verdict {
  /** Everything nginx would print: warnings up to the first error, and that error. */
  readonly said: readonly Finding[];
  /** The error that nginx stops at. */
  readonly stop: Finding | null;
  /** How many of `said` come before nginx would say that the syntax is ok. */
  readonly whileReading: number;
  /** The files it has read, in order of their first reading, for `nginx -T`. */
  readonly files: readonly SourceText[];
}

/** Reads a configuration as nginx does and stops where nginx stops. */
export function nginxTest({ path, loader, target, confPrefix, prefix = '', globals, host = {} }: NginxTest): Verdict {
  const includesFrom = confPrefix ?? path.slice(0, path.lastIndexOf('/') + 1);
  const files = new Map<string, SourceText>();
  const run = new Run(target, main, setterOf, (at, include, handle) => includeInto(at, include, handle));
  run.prefix = prefix;
  run.confPrefix = includesFrom;
  run.host = host;
  const chain: string[] = [];

  function read(name: string, where: Run, handle: (statements: readonly ConfigDirective[]) => void): void {
    const source = loader.read(name);
    if ('error' in source) return cannotRead(where, name, source, chain.length === 0);
    if (chain.filter((open) => open === name).length > mostCycles) {
      return where.log('emerg', say.openFailed(name, 24, 'Too many open files'), { rule: 'include-cycle' });
    }
    if (files.size === 0) where.source = source;
    if (!files.has(name)) files.set(name, source);
    chain.push(name);
    const { statements, error } = readAsNginx(source.name === name ? source : sourceText(name, source.text), mayBeForeign);
    const [first] = statements;
    if (error && first) where.unreadable.set(first.source, error);
    handle(statements);
    if (error && (!first || isAtTop(statements))) where.giveUpAt(name, source, error);
    chain.pop();
  }

  function includeInto(where: Run, include: ConfigDirective, handle: (statements: readonly ConfigDirective[]) => void): void {
    const name = fullName(includesFrom, include.args[0] ?? '');
    for (const one of isGlob(name) ? loader.glob(name) : [name]) {
      if (run.findings.some(({ stops }) => stops)) return;
      read(one, where, handle);
      where.standAt(include);
    }
  }

  if (globals) {
    const { statements, error } = readAsNginx(sourceText('', globals), mayBeForeign, true);
    run.process(statements, run.root);
    if (error) run.giveUpAt('', sourceText('', globals), error);
  }
  read(path, run, (statements) => run.process(statements, run.root));
  const whileReading = run.findings.length;
  finish(run);
  const end = run.findings.findIndex(({ stops }) => stops);
  const said = end < 0 ? run.findings : run.findings.slice(0, end + 1);
  return { said, stop: run.findings[end] ?? null, whileReading: Math.min(whileReading, said.length), files: [...files.values()] };
}

/** ngx_conf_parse: nginx opens a directory like a file, and fails to read it. */
function cannotRead(run: Run, name: string, { errno, error }: ReadFailure, isRoot: boolean): void {
  const isDirectory = errno === 21;
  const nginx = isDirectory ? say.readFailed(name, errno, error) : say.openFailed(name, errno, error);
  const level = isDirectory ? 'crit' : 'emerg';
  if (!isRoot) return run.log(level, nginx, { rule: 'include-not-found', stops: true, nowhere: isDirectory });
  const source = sourceText(name, '');
  run.findings.push({
    rule: 'unreadable-file',
    severity: 'error',
    message: nginx,
    nginx,
    span: { source, start: 0, end: 0 },
    level,
    at: null,
    stops: true,
  });
}

const mostCycles = 8;

/** True when the reader gave up between statements of the file's top level, not inside a block. */
function isAtTop(statements: readonly ConfigDirective[]): boolean {
  const block = statements.at(-1)?.node.block;
  return !block || block.close >= 0;
}
