import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './support/files.ts';
import { blocksOf } from './support/guide.ts';
import { inDirectory } from './support/nginxlint.ts';

const page = 'docs/guide/ci.md';
const good = 'events {}\nhttp {\n    server_tokens off;\n    server {\n        listen 80;\n    }\n}\n';
const bad = good.replace('listen', 'lissten');
const fixable = good.replace('server_tokens off', 'server_tokens on');

interface Ran {
  readonly status: number | null;
  readonly said: string;
}

/** A repository in which a first commit is made, with nginxlint installed as npm would. */
class Repository {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
    mkdirSync(join(directory, 'node_modules/.bin'), { recursive: true });
    symlinkSync(join(root, 'bin/nginxlint.js'), join(directory, 'node_modules/.bin/nginxlint'));
    this.write('.gitignore', 'node_modules\n');
    this.git('init', '-q');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), text);
  }

  git(...args: readonly string[]): Ran {
    return this.run('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.com', ...args]);
  }

  /** Programs of packages come first, as npm, husky and lint-staged have it. */
  run(command: string, args: readonly string[]): Ran {
    const env = { PATH: `${join(this.directory, 'node_modules/.bin')}:${process.env.PATH}`, HOME: this.directory, NO_COLOR: '1' };
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: this.directory, env, encoding: 'utf8' });
    if (error) throw error;
    return { status, said: stdout + stderr };
  }
}

function block(section: string, language: string): string {
  const { text = '' } = blocksOf(page, section).find((one) => one.language === language) ?? {};
  expect(text).not.toBe('');
  return text;
}

test('husky: what is staged is linted before it is committed', async () => {
  await inDirectory({}, async (directory) => {
    const repository = new Repository(directory);
    repository.write('.husky/pre-commit', block('husky and lint-staged', 'sh'));
    // What `husky` itself puts there: git's hook hands over to the file above.
    repository.write('.husky/_/pre-commit', '#!/usr/bin/env sh\nexec sh -e "$(dirname "$(dirname "$0")")/pre-commit" "$@"\n');
    chmodSync(join(directory, '.husky/_/pre-commit'), 0o755);
    repository.git('config', 'core.hooksPath', '.husky/_');
    repository.write('nginx.conf', good);
    repository.git('add', '.');
    expect(repository.git('commit', '-q', '-m', 'first')).toMatchObject({ status: 0 });

    repository.write('nginx.conf', bad);
    repository.git('add', '.');
    repository.write('nginx.conf', good); // in the work tree only
    expect(repository.git('commit', '-q', '-m', 'second')).toEqual({ status: 1, said: expect.stringContaining('"lissten"') });
    repository.git('add', '.');
    repository.write('nginx.conf', bad);
    expect(repository.git('commit', '-q', '--allow-empty', '-m', 'third')).toMatchObject({ status: 0 });
  });
});

test('lint-staged: staged files are mended, and what cannot be mended stops the commit', async () => {
  await inDirectory({}, async (directory) => {
    const repository = new Repository(directory);
    const tasks: Readonly<Record<string, string>> = JSON.parse(block('husky and lint-staged', 'json'))['lint-staged'];
    repository.write('nginx/nginx.conf', fixable);
    repository.write('other/nginx.conf', bad);
    repository.git('add', '.');
    expect(lintStaged(repository, tasks)).toEqual([expect.objectContaining({ status: 0 })]);
    expect(readFileSync(join(directory, 'nginx/nginx.conf'), 'utf8')).toBe(good);
    expect(readFileSync(join(directory, 'other/nginx.conf'), 'utf8')).toBe(bad);

    repository.write('nginx/conf.d/a b.conf', 'server {\n    lissten 80;\n}\n');
    repository.git('add', '.');
    expect(lintStaged(repository, tasks)).toEqual([{ status: 1, said: expect.stringContaining('"lissten"') }]);
  });
});

/** Runs tasks as lint-staged does: a command without a shell, with the absolute names of the staged files that match behind it. */
function lintStaged(repository: Repository, tasks: Readonly<Record<string, string>>): Ran[] {
  const { said } = repository.git('diff', '--name-only', '--cached', '--diff-filter=ACMR', '-z');
  const staged = said.split('\0').filter(Boolean);
  return Object.entries(tasks).map(([pattern, task]) => {
    const matches = picomatch(pattern, { dot: true, basename: !pattern.includes('/') });
    const [command = '', ...args] = task.split(' ');
    const files = staged.filter((file) => matches(file)).map((file) => join(repository.directory, file));
    expect(files.length).toBeGreaterThan(0);
    return repository.run(command, [...args, ...files]);
  });
}

/** What docs.gitlab.com says of a job: "CI/CD YAML syntax reference", `image`, `script`, `artifacts:when`, `artifacts:reports:codequality`. */
const job = {
  type: 'object',
  required: ['script'],
  additionalProperties: false,
  properties: {
    image: { type: 'string' },
    script: { type: 'array', minItems: 1, items: { type: 'string' } },
    artifacts: {
      type: 'object',
      additionalProperties: false,
      properties: {
        when: { enum: ['on_success', 'on_failure', 'always'] },
        reports: { type: 'object', additionalProperties: false, properties: { codequality: { type: 'string' } } },
      },
    },
  },
};

/** What docs.gitlab.com says of a report: "Code Quality", "Code Quality report format". */
const report = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'location', 'severity'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^[^./]' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
};

test('GitLab: the job runs, and its report is one that GitLab reads', async () => {
  const jobs: Record<string, { script: string[]; artifacts: { reports: { codequality: string } } }> = parse(
    block('GitLab', 'yaml'),
  );
  const ajv = new Ajv();
  expect(ajv.validate({ type: 'object', additionalProperties: job }, jobs), ajv.errorsText()).toBe(true);
  await inDirectory({ 'nginx/nginx.conf': bad }, async (directory) => {
    for (const { script, artifacts } of Object.values(jobs)) {
      const lints = script.filter((line) => line.includes('nginxlint.js')).map((line) => line.replace('/opt/nginxlint', root));
      expect(lints).toHaveLength(1);
      const env = { PATH: process.env.PATH, GITLAB_CI: 'true', CI_PROJECT_DIR: directory };
      const { status, stdout } = spawnSync('sh', ['-c', lints.join('\n')], { cwd: directory, env, encoding: 'utf8' });
      expect([status, stdout]).toEqual([1, expect.stringContaining('"lissten"')]);
      const file = join(directory, artifacts.reports.codequality);
      expect(existsSync(file)).toBe(true);
      const findings = JSON.parse(readFileSync(file, 'utf8'));
      expect(ajv.validate(report, findings), ajv.errorsText()).toBe(true);
      const fingerprints = findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
      expect(new Set(fingerprints).size).toBe(fingerprints.length);
      const first = findings.find(({ check_name: rule }: { check_name: string }) => rule === 'unknown-directive');
      expect(first.location).toMatchObject({ path: 'nginx/nginx.conf', lines: { begin: 5 } });
    }
  });
});
