import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { printed } from '../../src/model/check/finding.ts';
import { nginxTest } from '../../src/model/check/nginx-test.ts';
import type { Target } from '../../src/model/check/target.ts';
import { askNginx, needsHost, targetOfInstalled, thirdPartyOfInstalled } from '../support/ask-nginx.ts';
import { expectationsOf } from '../support/expectations.ts';
import { dice } from '../support/mutate.ts';
import { type Probe, probeOf, readByNginx, structureProbes, valueProbes } from '../support/probes.ts';
import { describeWith } from '../support/real.ts';

/** PROBES=1 asks every structure probe (40,000, minutes of nginx); without it one in six, others for every SEED. */
const share = Number(process.env.PROBES ?? 1 / 6);
const seed = Number(process.env.SEED ?? 1);

describeWith('nginx', 'statements, judged as nginx does', (nginx) => {
  const { target, load } = targetOfInstalled(nginx);
  const known = expectationsOf('probes');
  const used = new Set<string>();

  async function disagreements(probes: readonly Probe[]): Promise<string[]> {
    const { lines, paths } = await askNginx(
      nginx,
      probes.map(({ text }) => text),
    );
    const found: string[] = [];
    let host = 0;
    for (const [index, { context, statement, text }] of probes.entries()) {
      const path = paths[index] ?? '';
      const theirs = lines[index] ?? [];
      const ours = answer(path, text, target);
      if (ours.join('\n') === theirs.join('\n')) continue;
      const expected = known.find((one) => one.statement.test(statement));
      if (expected) used.add(expected.statement.source);
      else if (theirs.some((line) => needsHost.test(line))) host++;
      else
        found.push(
          `${context}: ${statement}\n  nginx: ${theirs.join(' ') || 'ok'}\n  we:    ${ours.join(' ') || 'ok'}`.replaceAll(
            path,
            'FILE',
          ),
        );
    }
    console.log(`asked ${probes.length}, ${found.length} differ, ${host} left out for the host's sake`);
    return found;
  }

  test('every directive, context and number of arguments', { timeout: 900_000 }, async () => {
    const roll = dice(seed);
    const probes = structureProbes(load).filter(() => roll() < share);
    expect(await disagreements(probes)).toEqual([]);
  });

  test('good and bad values', { timeout: 900_000 }, async () => {
    expect(await disagreements(valueProbes(load, target, dice(seed), share >= 1 ? 20 : 4))).toEqual([]);
  });

  test('good and bad values of third-party modules, read by nginx', { timeout: 900_000 }, async () => {
    const others = thirdPartyOfInstalled(nginx);
    const withOthers = { ...target, modules: new Set([...(target.modules ?? []), ...others.modules]) };
    expect(await disagreements(valueProbes(load + others.load, withOthers, dice(seed), 20, readByNginx))).toEqual([]);
  });

  test('every expected difference still is one', async () => {
    await disagreements(known.map(({ context, example }) => probeOf(load, context, example)));
    expect(known.map(({ statement }) => statement.source).filter((source) => !used.has(source))).toEqual([]);
  });
});

function answer(path: string, text: string, target: Target): string[] {
  const source = sourceText(path, text);
  const loader = {
    read: (name: string) => (name === path ? source : { error: 'No such file or directory', errno: 2 }),
    glob: () => [],
  };
  return nginxTest({ path, loader, target, prefix: '/nowhere/' }).said.map(printed);
}
