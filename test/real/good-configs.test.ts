import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sourceText } from '../../src/base/source-text.ts';
import { contextOfRoot, lintText, rememberingParser } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { contextNames } from '../../src/schema/contexts.ts';
import { root } from '../support/files.ts';
import { inDirectory, nginxlint } from '../support/nginxlint.ts';

/** A finding that is right, or a price worth paying: where (the beginning of the place), the rule, and why. */
interface Argued {
  readonly where: string;
  readonly rule: string;
  readonly reason: string;
}

const argued: Readonly<Record<string, readonly Argued[]>> = parse(
  readFileSync(join(root, 'test/real/good-configs.yaml'), 'utf8'),
);

/** Findings as `PLACE RULE`, held against what is argued for a corpus; an entry that argues nothing fails too. */
function expectArgued(
  corpus: string,
  found: readonly { readonly where: string; readonly rule: string; readonly text: string }[],
): void {
  const entries = argued[corpus] ?? [];
  const isFor = (entry: Argued, { where, rule }: (typeof found)[number]) => where.startsWith(entry.where) && rule === entry.rule;
  expect(found.filter((one) => !entries.some((entry) => isFor(entry, one))).map(({ text }) => text)).toEqual([]);
  expect(entries.filter((entry) => !found.some((one) => isFor(entry, one)))).toEqual([]);
}

/** Calls `body` with what a repository, whose directory an environment variable names, has under a path; skipped without one. */
function describeCorpus(variable: string, title: string, path: string, body: (directory: string) => Promise<void>): void {
  const repository = process.env[variable];
  if (!repository) console.warn(`skipped: ${title}: ${variable} names no repository`);
  describe(title, () => {
    test.skipIf(!repository)('nothing of "recommended" but what is argued', { timeout: 120_000 }, async () => {
      await inDirectory({}, async (directory) => {
        const archive = execFileSync('git', ['-C', repository ?? '', 'archive', 'HEAD', path], { maxBuffer: 1 << 30 });
        execFileSync('tar', ['xf', '-', '-C', directory], { input: archive });
        await body(directory);
      });
    });
  });
}

async function expectGoodFiles(corpus: string, cwd: string): Promise<void> {
  const options = ['--no-config', '--select', 'recommended', '--min-severity', 'warning', '--format', 'json'];
  const { stdout, stderr } = await nginxlint(['.', ...options], { cwd });
  const { diagnostics: findings }: { diagnostics: { rule: string; message: string; file: string; start: { line: number } }[] } =
    JSON.parse(stdout || stderr);
  expectArgued(
    corpus,
    findings.map(({ rule, message, file, start: { line } }) => ({
      where: `${file}:${line}`,
      rule,
      text: `${file}:${line} ${rule}: ${message}`,
    })),
  );
}

describeCorpus('H5BP_CONFIGS', 'h5bp/server-configs-nginx', '.', (directory) => expectGoodFiles('h5bp', directory));
describeCorpus('NGINX_SOURCE', 'what nginx itself installs', 'conf', (directory) =>
  expectGoodFiles('nginx', join(directory, 'conf')),
);
describeCorpus('NGINX_ORG', 'the examples of nginx.org', 'xml/en/docs', async (directory) => {
  const pages = join(directory, 'xml/en/docs');
  const found = (readdirSync(pages, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.xml') && !/^(njs|dev|faq|nginx_dtrace)/.test(file))
    .sort()
    .flatMap((file) => examplesIn(readFileSync(join(pages, file), 'utf8')).flatMap((example) => findingsIn(file, example)));
  expectArgued('nginx.org', found);
});

interface Example {
  readonly number: number;
  readonly text: string;
}

/** The examples of a page that are configurations: they begin with a directive, end as statements do, and leave nothing out. */
function examplesIn(xml: string): Example[] {
  return [...xml.matchAll(/<example>([\s\S]*?)<\/example>/g)]
    .map(([, marked = ''], index) => ({ number: index + 1, text: plainText(marked) }))
    .filter(({ text }) => {
      const [name = ''] = /^\s*(?:#.*\s+)*(\w+)/.exec(text)?.slice(1) ?? [];
      return vocabulary.meanings(name).length > 0 && /[;}]\s*(?:#.*)?\s*$/.test(text) && !text.includes('...');
    });
}

function plainText(xml: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };
  return xml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function findingsIn(file: string, { number, text }: Example) {
  const where = `${file}#${number}`;
  const context = contextIn(file, text);
  return lintText(text, { filename: 'example.conf', flavor: 'plus', presets: ['recommended'], ...(context && { context }) })
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, message }) => ({ where: `${where} `, rule, text: `${where} ${rule}: ${message}` }));
}

/** `server` and `upstream` are http's, unless the page is of stream's or mail's modules. */
function contextIn(file: string, text: string): string | undefined {
  const kind = /^(stream|mail)\//.exec(file)?.[1];
  const loader = textsLoader({});
  const guess = contextNames(
    contextOfRoot({ source: sourceText('example.conf', text), loader, prefix: '' }, rememberingParser()),
  ).join();
  if (!kind || !['http', 'server', 'upstream'].includes(guess)) return undefined;
  return guess === 'http' ? kind : `${kind}>${guess}`;
}
