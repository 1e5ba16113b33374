import { bytesOf, display, type SourceText, sourceText } from '../base/source-text.ts';
import { check, contextOfRoot, loadConfig, type Parse, type Root, rememberingParser } from '../check.ts';
import { readDump } from '../config/dump.ts';
import { textsLoader } from '../config/memory-loader.ts';
import { baseName, directoryOf, plain } from '../config/paths.ts';
import type { SourceLoader } from '../config/source-loader.ts';
import { isBundled } from '../config/well-known/bundled.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diskFiles } from '../host/files.ts';
import { buildModel, type Model } from '../model/build.ts';
import * as contexts from '../schema/contexts.ts';
import type { File } from '../syntax/tree.ts';
import { NginxConfigError } from './error.ts';

/** A configuration to run: its text, a file on disk, or files in memory (the first one, or `main`, is where it starts). */
export type RunSource =
  | string
  | { readonly file: string }
  | { readonly files: Readonly<Record<string, string>>; readonly main?: string }
  | EditedSource;

/** Another configuration with other texts, byte strings, for some of its files, by the names that findings show. */
export interface EditedSource {
  readonly of: RunSource;
  readonly texts: ReadonlyMap<string, string>;
}

/** A configuration that has been read, and may be run when `errors` is empty. */
export interface LoadedSource {
  readonly model: Model;
  /** Why nginx would not start. */
  readonly errors: readonly Diagnostic[];
  /** What was added around a fragment, in words; null for a whole configuration. */
  readonly wrapped: string | null;
  /** The directory of the main file, a byte string that ends in `/`; empty for the current one; null when there is no disk. */
  readonly directory: string | null;
  /** The files that were read, as shown. */
  readonly files: readonly string[];
}

/** Reads a configuration and everything it includes, and puts what is missing around a fragment. */
export function loadSource(source: RunSource, nginxVersion: string): LoadedSource {
  const parse = rememberingParser();
  const found = open(source);
  const { root, wrapped } = wrap(found.root, parse);
  const config = loadConfig(root, parse);
  const parsed = new Set(config.diagnostics);
  const errors = check(config, { nginxVersion, rules }).filter((diagnostic) => stops(diagnostic, parsed));
  const read = config.value.files.map((file) => file.source).filter((file) => file.name !== wrapperName && !isBundled(file));
  const files = read.map(({ name }) => name);
  return { model: buildModel(config.value), errors, wrapped, directory: found.directory, files };
}

/** Nothing here depends on `events`: a configuration without it runs. */
const rules = { 'no-events-block': 'off' } as const;

/** Certain errors of syntax, and everything that nginx refuses in words of its own. */
function stops(diagnostic: Diagnostic, parsed: ReadonlySet<Diagnostic>): boolean {
  return diagnostic.severity === 'error' && (diagnostic.nginx !== undefined || parsed.has(diagnostic));
}

interface Opened {
  readonly root: Root;
  readonly directory: string | null;
}

function open(source: RunSource): Opened {
  if (typeof source === 'string') return { root: inMemory('nginx.conf', source, textsLoader({})), directory: null };
  if ('of' in source) return edited(open(source.of), source.texts);
  if ('files' in source) {
    const main = source.main ?? Object.keys(source.files)[0] ?? 'nginx.conf';
    return { root: inMemory(main, source.files[main] ?? '', textsLoader(source.files)), directory: null };
  }
  const path = plain(bytesOf(source.file));
  const disk = diskFiles('.');
  const text = disk.read(path);
  if ('error' in text) throw new NginxConfigError(`cannot read ${source.file}: ${text.error}`, []);
  const dump = readDump(text);
  if (dump)
    return { root: { source: dump.root, loader: dump.loader, prefix: directoryOf(dump.path) }, directory: directoryOf(path) };
  const prefixIsKnown = baseName(path) === 'nginx.conf';
  return { root: { source: text, loader: disk, prefix: directoryOf(path), prefixIsKnown }, directory: directoryOf(path) };
}

function edited({ root, directory }: Opened, texts: ReadonlyMap<string, string>): Opened {
  const changed = new Map<string, SourceText>();
  const edit = (source: SourceText): SourceText => {
    const text = texts.get(source.name);
    if (text === undefined) return source;
    const known = changed.get(source.name) ?? sourceText(source.name, text);
    changed.set(source.name, known);
    return known;
  };
  const { loader } = root;
  const read = (path: string) => {
    const found = loader.read(path);
    return 'error' in found ? found : edit(found);
  };
  return { root: { ...root, source: edit(root.source), loader: { read, glob: (pattern) => loader.glob(pattern) } }, directory };
}

function inMemory(name: string, text: string, loader: SourceLoader): Root {
  const source = sourceText(name, bytesOf(text));
  const dump = readDump(source);
  if (dump) return { source: dump.root, loader: dump.loader, prefix: directoryOf(dump.path) };
  return { source, loader, prefix: directoryOf(bytesOf(name)), prefixIsKnown: false };
}

const wrapperName = '(around the fragment)';
const fragmentPath = '/(the fragment)';

/** Gives a fragment the nginx.conf that it needs: a virtual file that includes it, so that every place stays true. */
function wrap(root: Root, parse: Parse): { root: Root; wrapped: string | null } {
  const context = contextOfRoot(root, parse);
  const around = surroundings(context, parse(root.source, context).value);
  if (!around) return { root, wrapped: null };
  const loader: SourceLoader = {
    read: (path) => (path === fragmentPath ? root.source : root.loader.read(path)),
    glob: (pattern) => root.loader.glob(pattern),
  };
  const source = sourceText(wrapperName, around.text);
  return { root: { ...root, source, loader, context: contexts.main }, wrapped: around.words };
}

function surroundings(context: number, file: File): { text: string; words: string } | null {
  const has = (name: string) => file.directives.some((directive) => directive.name.value === name);
  const include = `include "${fragmentPath}";`;
  const http = (inside: string) => `events {}\nhttp {\n${defaults(has)}${inside}\n}\n`;
  switch (context) {
    case contexts.http: {
      const { text, words } = has('server') ? { text: '', words: '' } : serversFor(file);
      return { text: http(`${include}\n${text}`), words: `put into http { }${words}` };
    }
    case contexts.server:
      return { text: http(`server {\n${include}\n}`), words: 'put into http { server { } }' };
    case contexts.location:
    case contexts.ifInLocation:
      return { text: http(`server {\nlocation / {\n${include}\n}\n}`), words: 'put into http { server { location / { } } }' };
    case contexts.upstream:
      return {
        text: http(`upstream backend {\n${include}\n}\nserver {\nlocation / {\nproxy_pass http://backend;\n}\n}`),
        words: 'put into http { upstream backend { } }, with a server on port 80 that passes everything to it',
      };
    default:
      return null;
  }
}

/** What nginx's own nginx.conf says in `http`, unless the fragment says it itself. */
function defaults(has: (name: string) => boolean): string {
  const types = has('types') ? '' : 'include mime.types;\n';
  return has('default_type') ? types : `${types}default_type application/octet-stream;\n`;
}

/** Servers for upstreams that nobody uses: the first is the default one, each has its upstream's name. */
function serversFor(file: File): { text: string; words: string } {
  const names = file.directives.filter(({ name }) => name.value === 'upstream').map(({ args }) => args[0]?.value ?? '');
  if (names.length === 0) return { text: '', words: '' };
  const servers = names.map(
    (name) => `server {\nlisten 80;\nserver_name "${name}";\nlocation / {\nproxy_pass "http://${name}";\n}\n}`,
  );
  const [first = ''] = names;
  return { text: servers.join('\n'), words: `, with a server on port 80 that passes everything to upstream ${display(first)}` };
}
