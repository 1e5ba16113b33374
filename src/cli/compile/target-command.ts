import { Buffer } from 'node:buffer';
import { type Command, InvalidArgumentError } from 'commander';
import type { SourceText } from '../../base/source-text.ts';
import { loadConfig, present } from '../../check.ts';
import { type Gap, gapComments, gapFindings, gapsAsJson, refused } from '../../compile/gaps.ts';
import type { Target } from '../../compile/target.ts';
import type { ConfigTree } from '../../config/config-tree.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { renderSarif } from '../../diagnostics/render/sarif.ts';
import { findingKey } from '../../lint/finding-key.ts';
import { buildModel } from '../../model/build.ts';
import { configRootOf } from '../config-root.ts';
import { found, ok } from '../exit-codes.ts';
import { fingerprintsOf } from '../lint/lint-report.ts';
import { pathFrom, rootOf } from '../lint/report-paths.ts';
import type { Streams } from '../streams.ts';
import { version } from '../version.ts';

/** What the command lines of all targets have in common. */
export interface TargetOptions {
  readonly prefix?: string;
  readonly allowLoss?: readonly string[];
  readonly gaps?: 'json' | 'sarif';
}

/** Adds the options that all targets have. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--prefix <directory>', "where relative includes start (default: the file's directory)")
    .option('--allow-loss <ids>', 'losses that are agreed to: ids of gaps, names of directives, or all', wordsOf)
    .option('--gaps <format>', 'print what became of each directive instead: json or sarif', gapsFormat);
}

function wordsOf(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((word) => word !== '')];
}

function gapsFormat(text: string): 'json' | 'sarif' {
  if (text !== 'json' && text !== 'sarif') throw new InvalidArgumentError('It must be json or sarif.');
  return text;
}

/**
 * Compiles FILE for a target: the output is on stdout, headed by its gaps, or the gaps alone. Losses nobody has agreed to, and
 * what nginx would refuse, are said on stderr, and the exit code is 1. A broken file is compiled as lint understands it.
 */
export function targetCommand<O>(file: string, target: Target<O>, own: O, options: TargetOptions, streams: Streams): number {
  const loaded = loadConfig(configRootOf(file, options.prefix, streams));
  const errors = present(loaded.diagnostics, {}).diagnostics.filter(({ severity }) => severity === 'error');
  for (const error of errors) streams.stderr.write(`${concise(error)}\n`);
  const allowed = new Set(options.allowLoss);
  const { text, gaps } = target.compile(buildModel(loaded.value), own);
  const losses = refused(gaps, allowed);
  for (const loss of gapFindings(losses, target.name, allowed)) streams.stderr.write(`${concise(loss)}\n`);
  streams.stdout.write(
    outputOf(text, gaps, { target: target.name, allowed, format: options.gaps, config: loaded.value, streams }),
  );
  return losses.length + errors.length > 0 ? found : ok;
}

interface Run {
  readonly target: string;
  readonly allowed: ReadonlySet<string>;
  readonly format: 'json' | 'sarif' | undefined;
  readonly config: ConfigTree;
  readonly streams: Streams;
}

function outputOf(text: string, gaps: readonly Gap[], { target, allowed, format, config, streams }: Run): Buffer {
  if (format === 'json') return Buffer.from(gapsAsJson(gaps, target, allowed));
  if (format === 'sarif') return Buffer.from(sarifOf(gapFindings(gaps, target, allowed), config, streams));
  return Buffer.concat([Buffer.from(`${gapComments(gaps).join('\n')}\n\n`), Buffer.from(text, 'latin1')]);
}

function sarifOf(findings: readonly Diagnostic[], { files }: ConfigTree, streams: Streams): string {
  const root = rootOf(streams);
  const pathOf = ({ name }: SourceText) => pathFrom(root, name, streams.cwd());
  const trees = new Map(files.map((tree) => [tree.source, tree]));
  const keyOf = (finding: Diagnostic) => findingKey(finding, trees.get(finding.span.source));
  const fingerprints = fingerprintsOf({ diagnostics: findings, suppressed: [], keyOf }, pathOf);
  return renderSarif({
    tool: 'nginxc',
    findings,
    suppressed: [],
    baselined: [],
    older: 0,
    files: files.map(({ source }) => source),
    root,
    pathOf,
    fingerprintOf: (finding) => fingerprints.get(finding) ?? '',
    ruleOf: () => undefined,
    version,
    isQuiet: false,
    isFixed: false,
  });
}
