import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import type { SourceLoader } from '../../src/config/source-loader.ts';
import { printed } from '../../src/model/check/finding.ts';
import { nginxTest } from '../../src/model/check/nginx-test.ts';
import { askNginx, needsHost, scratch, targetOfInstalled } from '../support/ask-nginx.ts';
import { dice, mutate } from '../support/mutate.ts';
import { describeWith } from '../support/real.ts';
import { furnish, linkInto, type WholeFile, wholeFiles } from '../support/whole-files.ts';

/** Changed configurations, and how many of them are asked: 5,000 or what MUTANTS says. */
const howMany = Number(process.env.MUTANTS ?? 5000);
const seed = Number(process.env.SEED ?? 1);

describeWith('nginx', 'whole configurations and mutants of them, judged as nginx does', (nginx) => {
  test(`${howMany} of them`, { timeout: 600_000 }, async () => {
    const { target, load } = targetOfInstalled(nginx);
    const folder = furnishedFolder();
    const files = wholeFiles(load);
    const plain = await askNginx(
      nginx,
      files.map(({ text }) => text),
      folder,
    );
    const good = files.filter((_, index) => !plain.lines[index]?.some((line) => line.includes('[emerg]')));
    const cases = casesOf(files, good);
    const { lines, paths } = await askNginx(
      nginx,
      cases.map(({ text }) => text),
      folder,
    );
    const loader: SourceLoader = { read: readOrFail, glob: () => [] };
    const count = { asked: 0, host: 0, verdict: 0, line: 0, message: 0 };
    const pages: string[] = [];
    for (const [index, { name, what }] of cases.entries()) {
      const theirs = lines[index]?.find((line) => line.includes('[emerg]'));
      if (theirs !== undefined && needsHost.test(theirs)) {
        count.host++;
        continue;
      }
      const { stop } = nginxTest({ path: paths[index] ?? '', target, loader, prefix: `${folder}/` });
      const ours = stop ? printed(stop) : undefined;
      count.asked++;
      if ((ours === undefined) === (theirs === undefined)) count.verdict++;
      if (placeIn(ours) === placeIn(theirs)) count.line++;
      if (ours === theirs) count.message++;
      else pages.push(`${name}: ${what}\n  nginx: ${theirs ?? 'ok'}\n  we:    ${ours ?? 'ok'}`);
    }
    const share = (part: number): number => (100 * part) / count.asked;
    console.log(
      `asked ${count.asked}, left out for the host's sake ${count.host}\n` +
        `verdict ${share(count.verdict).toFixed(2)} %, line ${share(count.line).toFixed(2)} %, message ${share(count.message).toFixed(2)} %\n${pages.join('\n')}`,
    );
    expect(share(count.verdict), 'same verdict').toBeGreaterThanOrEqual(99.5);
    expect(share(count.line), 'same line').toBeGreaterThanOrEqual(99);
    expect(share(count.message), 'same message').toBeGreaterThanOrEqual(97);
  });
});

function readOrFail(path: string) {
  try {
    return sourceText(path, readFileSync(path, 'latin1'));
  } catch {
    return { error: 'No such file or directory', errno: 2 };
  }
}

function placeIn(line: string | undefined): string {
  return line === undefined ? 'ok' : (/ in (\S+:\d+)$/.exec(line)?.[1] ?? '');
}

/** A folder for configurations, with what they need beside each. */
function furnishedFolder(): string {
  const home = scratch();
  furnish(home);
  const folder = scratch();
  linkInto(folder, home);
  for (let part = 0; part < 64; part++) {
    mkdirSync(join(folder, `${part}`));
    linkInto(join(folder, `${part}`), home);
  }
  return folder;
}

/** Every file as it is, and mutants of the good ones. */
function casesOf(files: readonly WholeFile[], good: readonly WholeFile[]): { name: string; text: string; what: string }[] {
  const roll = dice(seed);
  const cases = files.map(({ name, text }) => ({ name, text, what: 'itself' }));
  while (cases.length < howMany) {
    const file = good[Math.floor(roll() * good.length)];
    const mutant = file && mutate(file.text, roll);
    if (mutant) cases.push({ name: file.name, ...mutant });
  }
  return cases;
}
