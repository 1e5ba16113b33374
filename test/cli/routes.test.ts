import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, root } from '../support/files.ts';
import { expectGolden } from '../support/golden.ts';
import { inDirectory, nginxlint, type Run } from '../support/nginxlint.ts';

const env = { COLUMNS: '110' };
const configs = ['gateway', 'php-fpm', 'redirects', 'sites-shop', 'sso', 'static-site', 'tls-termination'];

async function transcriptOf(files: readonly string[], cwd: string, options: readonly string[] = []): Promise<string> {
  let transcript = '';
  for (const file of files) {
    const { code, stdout, stderr } = await nginxlint(['routes', file, ...options], { cwd, env });
    transcript += `$ nginxlint ${['routes', file, ...options].join(' ')}\n${stderr}${stdout}[exit code ${code}]\n\n`;
  }
  return transcript;
}

describe('tables', () => {
  test("the tutorial's configurations", async () => {
    const files = filesIn('fixtures/seed', '.conf').map((file) => file.slice('fixtures/seed/'.length));
    expectGolden('routes.seed.txt', await transcriptOf(files, join(root, 'fixtures/seed')));
  });
  test('configurations that work', async () => {
    expectGolden(
      'routes.configs.txt',
      await transcriptOf(
        configs.map((name) => `${name}.conf`),
        join(root, 'fixtures/configs'),
      ),
    );
  });
  test('as JSON', async () => {
    expectGolden('routes.json.txt', await transcriptOf(['sso.conf'], join(root, 'fixtures/configs'), ['--json']));
  });
});

/** The files that the guide shows, by name, and what it says that commands print. */
function readGuide() {
  const text = readFileSync(join(root, 'docs/guide/routes.md'), 'utf8');
  const files = [...text.matchAll(/^```nginx file=(\S+)\n([\s\S]*?)^```$/gm)];
  const transcripts = [...text.matchAll(/^```console\n\$ nginxlint (.*)\n([\s\S]*?)^```$/gm)];
  return {
    files: Object.fromEntries(files.map(([, name = '', content = '']) => [name, content])),
    transcripts: transcripts.map(([, command = '', output = '']) => ({ command, output })),
  };
}

describe('the guide', () => {
  const { files, transcripts } = readGuide();
  test.each(transcripts.map(({ command, output }) => [command, output]))('nginxlint %s', async (command, output) => {
    const { stdout, stderr, code } = await inDirectory(files, (cwd) => nginxlint(command.split(' '), { cwd, env }));
    expect(`${stderr}${stdout}${code === 0 ? '' : `[exit code ${code}]\n`}`).toBe(output);
  });
  test('shows tables and differences', () => {
    expect(transcripts.length).toBeGreaterThan(3);
  });
});

const server = (inside: string) => `events { }\nhttp {\nserver {\nlisten 80;\nserver_name a.example;\n${inside}\n}\n}\n`;

function diff(before: string, after: string, options: readonly string[] = []): Promise<Run> {
  return inDirectory({ 'old.conf': before, 'new.conf': after }, (cwd) =>
    nginxlint(['routes', '--diff', 'old.conf', 'new.conf', ...options], { cwd, env }),
  );
}

describe('differences', () => {
  const text = server('location / { return 200; } location ~ x { return 201; }');
  test('none', async () => {
    expect(await diff(text, `# a comment\n${text.replace('return 200', '\n  return   200')}`)).toEqual({
      code: 0,
      stdout: 'no route differs\n',
      stderr: '',
    });
  });
  test('another order of regular expressions is shown with a request', async () => {
    const regexes = ['location ~ ^/a { return 200; }', 'location ~ b$ { return 201; }'];
    const { code, stdout } = await diff(server(regexes.join('\n')), server(regexes.toReversed().join('\n')));
    expect(code).toBe(1);
    expect(stdout).toBe('a.example\n  > GET /ab: location ~ ^/a → location ~ b$\n');
  });
  test('a server that gets another address is the same server', async () => {
    const { stdout } = await diff(text, text.replace('listen 80;', 'listen 8080;'));
    expect(stdout).toBe('a.example\n  ~ server\n      addresses: 0.0.0.0:80 default → 0.0.0.0:8080 default\n');
  });
  test('as JSON', async () => {
    const { code, stdout } = await diff(text, text.replace('201', '204'), ['--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      old: 'old.conf',
      new: 'new.conf',
      differs: true,
      changes: [
        {
          names: ['a.example'],
          path: '~ x',
          kind: 'changed',
          differences: [{ what: 'answer', old: ['return 201'], new: ['return 204'] }],
          route: {
            path: '~ x',
            rewrites: [],
            answer: 'return 204',
            servers: [],
            access: [],
            adds: [],
            sends: [],
            jumps: [],
            at: { file: 'new.conf', line: 6 },
          },
        },
      ],
      moved: [],
    });
  });
});

describe('filters', () => {
  const text = `events { }
http {
    server { listen 80; server_name a.example; location / { return 200; } location ~ \\.css$ { return 201; } }
    server { listen 80; server_name b.example; return 301 http://a.example; }
}
`;
  const routes = (...options: string[]) =>
    inDirectory({ 'nginx.conf': text }, (cwd) => nginxlint(['routes', 'nginx.conf', ...options], { cwd, env }));
  test('by host: the server that nginx would choose', async () => {
    expect((await routes('--host', 'B.example')).stdout).toMatch(/^b\.example/);
    expect((await routes('--host', 'unknown.example')).stdout).toMatch(/^a\.example/);
  });
  test('by path: the location that nginx would choose', async () => {
    const { stdout } = await routes('--host', 'a.example', '--path', '/x.css?v=1');
    expect(stdout.split('\n').slice(2)).toEqual(['  ~ \\.css$  return 201  -       :3', '']);
  });
});

describe('what cannot be done is said', () => {
  test.each([
    [['routes'], "error: missing required argument 'conf'"],
    [['routes', 'a.conf', 'b.conf'], 'nginxlint: two configurations are compared with --diff'],
    [['routes', '--diff', 'a.conf'], 'nginxlint: --diff compares two configurations: nginxlint routes --diff OLD NEW'],
    [['routes', 'absent.conf'], 'nginxlint: cannot read absent.conf: No such file or directory'],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await inDirectory({}, (cwd) => nginxlint(argv, { cwd, env }));
    expect(stderr.trim()).toBe(message);
    expect(code).toBe(2);
  });
});
