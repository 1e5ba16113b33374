import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/files.ts';
import { inDirectory } from '../support/nginxlint.ts';

interface Step {
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

/** Runs the steps as GitHub's runner does: `${{ inputs.x }}` replaced, each script with `bash -e -o pipefail` (docs: `shell: bash`). */
function runAction(given: Readonly<Record<string, string>>, workspace: string, actionPath = root) {
  const inputs = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default])), ...given };
  const filled = (text: string) => text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name] ?? '');
  const output: string[] = [];
  for (const step of action.runs.steps) {
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]));
    const around = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_ACTION_PATH: actionPath, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: join(workspace, filled(step['working-directory'] ?? '.')),
      encoding: 'utf8',
      env: { ...process.env, ...around, ...env },
    });
    output.push(stdout + stderr);
    if (status !== 0) return { status, output: output.join('') };
  }
  return { status: 0, output: output.join('') };
}

const files = {
  'infra/nginx.conf': 'events {}\nhttp { lissten 80; }\n',
  'infra/sites b/x.conf': 'server { watt 1; }\n',
};

describe('action.yml', () => {
  test('its scripts take nothing from inputs but through the environment', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run, shell } of action.runs.steps) {
      expect(shell).toBe('bash');
      expect(run).not.toContain('${{');
    }
  });

  test('without inputs: nginx.conf of the working directory, with annotations', async () => {
    await inDirectory(files, async (workspace) => {
      const { status, output } = runAction({ 'working-directory': 'infra' }, workspace);
      expect(output).toContain('error[unknown-directive]: unknown directive "lissten"');
      expect(output).toMatch(/^::error file=infra\/nginx\.conf,line=2,/m);
      expect(status).toBe(1);
    });
  });

  test('paths with blanks, options, SARIF', async () => {
    await inDirectory(files, async (workspace) => {
      const inputs = { paths: 'infra/sites b\n\ninfra/nginx.conf\n', args: '--min-severity error -q', sarif: 'out/a.sarif' };
      const { status, output } = runAction(inputs, workspace);
      expect(output.match(/^::error /gm)).toHaveLength(2);
      expect(status).toBe(1);
      const log = JSON.parse(readFileSync(join(workspace, 'out/a.sarif'), 'utf8'));
      expect(log.runs[0].results).toHaveLength(2);
    });
  });

  test('a good configuration passes', async () => {
    await inDirectory({ 'nginx.conf': 'events {}\n' }, async (workspace) => {
      expect(runAction({}, workspace).status).toBe(0);
    });
  });

  test('what stands in inputs is not run', async () => {
    await inDirectory({ 'nginx.conf': 'events {}\n' }, async (workspace) => {
      runAction({ paths: '$(touch pwned)', args: '; touch pwned `touch pwned`' }, workspace);
      expect(existsSync(join(workspace, 'pwned'))).toBe(false);
    });
  });

  // It installs what package.json names: half a minute.
  test('a checkout without dist/ builds itself', { timeout: 600_000 }, async () => {
    await inDirectory({ 'work/nginx.conf': 'events {}\nhttp { lissten 80; }\n' }, async (directory) => {
      const checkout = join(directory, 'action');
      const { status: cloned, stderr } = spawnSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, checkout], {
        encoding: 'utf8',
      });
      expect(cloned, stderr).toBe(0);
      const { status, output } = runAction({}, join(directory, 'work'), checkout);
      expect(output).toMatch(/^::error file=nginx\.conf,line=2,/m);
      expect(status).toBe(1);
    });
  });
});
