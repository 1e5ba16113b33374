import type { ConfigDirective } from '../../config/config-tree.ts';
import { fullName } from '../../config/paths.ts';
import type { ReadFailure } from '../../config/source-loader.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import type { HostFiles } from './host-questions.ts';
import { pathsOf } from './paths.ts';
import type { Call, Run } from './run.ts';

const rule = 'file-unusable';

/** ngx_conf_open_file: a log that is opened once everything is read. */
export function openLater({ run, directive }: Call, path: string): void {
  if (!run.host.files) return;
  const opened = run.share('files to open', () => new Map<string, ConfigDirective>());
  const name = fullName(run.prefix, path);
  if (!opened.has(name)) opened.set(name, directive);
}

/** ngx_init_cycle: the pid file, then directories (ngx_create_paths), then logs. */
export function checkPaths(run: Run): void {
  const { files } = run.host;
  if (!files) return;
  const pid = run.root.own<{ readonly path: string; readonly directive: ConfigDirective }>('pid file');
  if (pid) sayOpen(run, fullName(run.prefix, pid.path), files, pid.directive);
  for (const [path, { directive }] of pathsOf(run)) {
    const failure = canTell(run, path) ? files.makeDirectory(path) : undefined;
    if (failure)
      run.log('emerg', say.mkdirFailed(path, failure.errno, failure.error), { directive, arg: 0, nowhere: true, rule });
  }
  const opened = run.share('files to open', () => new Map<string, ConfigDirective>());
  for (const [path, directive] of opened) sayOpen(run, path, files, directive);
}

function sayOpen(run: Run, path: string, files: HostFiles, directive: ConfigDirective): void {
  const failure = canTell(run, path) ? files.append(path) : undefined;
  if (failure) run.log('emerg', say.openFailed(path, failure.errno, failure.error), { directive, arg: 0, nowhere: true, rule });
}

/** Without nginx's prefix nobody knows where a relative path leads. */
function canTell({ prefix }: Run, path: string): boolean {
  return prefix !== '' || path.startsWith('/');
}

/** `pid` */
export function pidFile(call: Call): void {
  if (call.set(call.arg(0))) call.frame.fields.set('pid file', { path: call.arg(0), directive: call.directive });
}

/** ngx_set_user */
export function user(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const { files } = call.run.host;
  if (files && !files.isSuperuser) return call.warn(say.userIgnored);
  const [name = '', group = name] = call.args;
  if (files && !files.hasUser(name)) return call.fail(say.noUser(name), 0, rule);
  if (files && !files.hasGroup(group)) return call.fail(say.noGroup(group), call.args.length - 1, rule);
  call.set(call.args);
}

/** ngx_load_module: what dlopen says of a file that is none of its kind; false when it has been said. */
export function loads(call: Call): boolean {
  const { run } = call;
  const path = fullName(run.prefix, call.arg(0));
  if (!run.host.files || !canTell(run, path)) return true;
  const error = whyNotLoaded(run.host.files.read(path));
  if (error === undefined) return true;
  call.fail(say.dlopenFailed(path, `${path}: ${error}`), 0, rule);
  return false;
}

function whyNotLoaded(file: string | ReadFailure): string | undefined {
  if (typeof file !== 'string')
    return file.errno === 21 ? 'cannot read file data: Is a directory' : `cannot open shared object file: ${file.error}`;
  if (file.startsWith('\x7fELF')) return undefined;
  return file.length < 64 ? 'file too short' : 'invalid ELF header';
}

/** ngx_ssl_read_password_file, when the directive is read */
export function passwordFile(call: Call): void {
  if (!call.set(call.arg(0))) return;
  const path = fullName(call.run.confPrefix, call.arg(0));
  const file = call.run.host.files?.read(path);
  if (file === undefined) return;
  if (typeof file !== 'string') return call.fail(unread(path, file), 0, rule);
  if (file.split('\n').some((line) => line.length >= 4096)) call.fail(say.tooLongLine(path), 0, rule);
}

/** ngx_http_quic_host_key */
export function quicHostKey(call: Call): void {
  if (!call.set(call.arg(0))) return;
  const path = fullName(call.run.confPrefix, call.arg(0));
  const file = call.run.host.files?.read(path);
  if (file === undefined) return;
  if (typeof file !== 'string') return call.fail(unread(path, file), 0, rule);
  if (file === '') call.fail(say.zeroKeySize(path), 0, rule);
}

/** What is said of a file that is opened and read. */
function unread(path: string, { errno, error }: ReadFailure): string {
  return errno === 21 ? say.readCallFailed(path, errno, error) : say.openFailed(path, errno, error);
}

/** ngx_http_geoip_country and its like: libGeoIP keeps the whole file in memory. */
export function geoipDatabase(call: Call): void {
  if (!call.set(call.arg(0))) return;
  const path = call.arg(0);
  const file = call.run.host.files?.read(path);
  if (file !== undefined && typeof file !== 'string') call.fail(say.geoipFailed(path), 0, rule);
}
