import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { modulesBuiltWith } from '../../src/model/check/built-with.ts';
import type { Target } from '../../src/model/check/target.ts';
import { catalog } from '../../src/modules/catalog.ts';

/** What nginx prints about each configuration, in order: its `nginx: [level] …` lines. */
export interface Answers {
  readonly lines: readonly (readonly string[])[];
  /** Where the configurations were written; nginx names them so. */
  readonly paths: readonly string[];
}

const run = promisify(execFile);

/** Answers that depend on the machine: its users, files, names and sockets. They are not compared. */
export const needsHost =
  /getpwnam|getgrnam|open\(\)|read\(\)|host not found|bind\(\)|mkdir\(\)|cannot load|BIO_new|PEM_read|SSL_CTX|SSL_|could not be resolved|dlopen|X509|ENGINE_by_id/;

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The folder in which configurations are written: on a memory file system where there is one. */
export function scratch(): string {
  const folder = mkdtempSync(join(ramdisk(), 'nginx-t-'));
  folders.push(folder);
  return folder;
}

/** Runs `nginx -t` on many configurations: a few shells, each with a list, since starting processes is what costs. */
export async function askNginx(nginx: string, configs: readonly string[], folder = scratch()): Promise<Answers> {
  const paths = configs.map((_, index) => join(folder, `${index % 64}`, `${index}.conf`));
  for (let part = 0; part < 64; part++) mkdirSync(join(folder, `${part}`), { recursive: true });
  for (const [index, path] of paths.entries()) writeFileSync(path, configs[index] ?? '', 'latin1');
  const workers = availableParallelism();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      const list = join(folder, `list.${worker}`);
      writeFileSync(
        list,
        paths
          .filter((_, index) => index % workers === worker)
          .map((path) => `${path}\n`)
          .join(''),
      );
      await run('sh', [
        '-c',
        `while read -r f; do ${nginx} -t -q -e /dev/null -p ${folder}/ -c "$f" 2>"$f.out" </dev/null; done <${list}; true`,
      ]);
    }),
  );
  const lines = paths.map((path) => linesOf(readFileSync(`${path}.out`, 'latin1')));
  return { lines, paths };
}

/** Messages with line ends of their own stay whole. */
function linesOf(text: string): string[] {
  return text
    .split(/\n(?=nginx: )/)
    .map((line) => line.replace(/\n$/, ''))
    .filter((line) => /^nginx: \[\w+\]/.test(line));
}

/** Lines that load modules which are not nginx's own, as far as they are installed, and the modules' names. */
export function thirdPartyOfInstalled(nginx: string): { load: string; modules: readonly string[] } {
  const folder = /--modules-path=(\S+)/.exec(String(execFileSync('sh', ['-c', `${nginx} -V 2>&1`])))?.[1] ?? 'modules';
  const modules = catalog
    .filter(({ name, package: brought }) => brought !== undefined && existsSync(join(folder, `${name}.so`)))
    .map(({ name }) => name);
  return { modules, load: modules.map((name) => `load_module ${join(folder, name)}.so;`).join(' ') };
}

/** The nginx that is installed, as a target: its release and its modules, stream and mail loaded when they are dynamic. */
export function targetOfInstalled(nginx: string): { target: Target; load: string } {
  const about = String(execFileSync('sh', ['-c', `${nginx} -V 2>&1`]));
  const nginxVersion = /nginx\/([\d.]+)/.exec(about)?.[1] ?? '';
  const dynamic = ['stream', 'mail'].filter((name) => about.includes(`--with-${name}=dynamic`));
  const path = /--modules-path=(\S+)/.exec(about)?.[1] ?? 'modules';
  return {
    target: { nginxVersion, flavor: 'oss', ...modulesBuiltWith(about) },
    load: dynamic.map((name) => `load_module ${path}/ngx_${name}_module.so;`).join(' '),
  };
}

function ramdisk(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
