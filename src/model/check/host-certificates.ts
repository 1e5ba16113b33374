import type { ConfigDirective } from '../../config/config-tree.ts';
import { fullName } from '../../config/paths.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import type { Frame } from './frame.ts';
import type { HostFiles } from './host-questions.ts';
import type { Run } from './run.ts';

/** The files of one TLS context: names by which its settings are known begin with `prefix` (``, `proxy_` …). */
interface Context {
  readonly run: Run;
  readonly frame: Frame;
  readonly files: HostFiles;
  readonly prefix: string;
}

/** The certificates of a server, then what verifies clients, then the rest (ngx_http_ssl_merge_srv_conf and its like). */
export function checkServerFiles(run: Run, frame: Frame): void {
  const { files } = run.host;
  if (!files) return;
  const context: Context = { run, frame, files, prefix: '' };
  const verify = frame.inherited<string>('ssl_verify_client') ?? 'off';
  void (
    pairs(context) &&
    (verify === 'off' || (trusted(context, 'ssl_client_certificate') && named(context))) &&
    trusted(context, 'ssl_trusted_certificate') &&
    revocations(context) &&
    dhparam(context) &&
    ticketKeys(context) &&
    stapling(context)
  );
}

/** The files with which a connection to an upstream is encrypted (ngx_http_proxy_set_ssl, ngx_stream_proxy_set_ssl). */
export function checkUpstreamFiles(run: Run, frame: Frame, prefix: string): void {
  const { files } = run.host;
  if (!files) return;
  const context: Context = { run, frame, files, prefix: `${prefix}_` };
  const certificate = frame.inherited<string>(`${prefix}_ssl_certificate`) ?? '';
  const key = frame.inherited<string>(`${prefix}_ssl_certificate_key`) ?? '';
  if (certificate !== '' && !/\$/.test(certificate + key) && !pair(context, certificate, key)) return;
  if (frame.inherited<boolean>(`${prefix}_ssl_verify`) !== true) return;
  void (trusted(context, 'ssl_trusted_certificate') && revocations(context));
}

/** ngx_ssl_certificates; with variables in any of them nginx loads them when a client comes. */
function pairs(context: Context): boolean {
  const { frame } = context;
  const certificates = frame.inherited<readonly string[]>('ssl_certificate') ?? [];
  const keys = frame.inherited<readonly string[]>('ssl_certificate_key') ?? [];
  if ([...certificates, ...keys].some((name) => name.includes('$'))) return true;
  return certificates.every((certificate, index) => pair(context, certificate, keys[index] ?? ''));
}

/** ngx_ssl_certificate */
function pair(context: Context, certificate: string, key: string): boolean {
  const { run, files, prefix } = context;
  const judged = run.share('certificates', () => new Map<string, { nginx: string; name: string } | undefined>());
  const passwords = passwordsOf(context);
  const id = [certificate, key, ...passwords].join('\n');
  if (!judged.has(id)) judged.set(id, errorOf(run, files, certificate, key, passwords));
  const error = judged.get(id);
  if (!error) return true;
  const name = `${prefix}${error.name}`;
  return refuse(context, name, error.nginx, error.name === 'ssl_certificate' ? certificate : key);
}

/** What nginx says against a certificate and its key, and the directive (without its prefix) that it is about. */
function errorOf(run: Run, files: HostFiles, certificate: string, key: string, passwords: readonly string[]) {
  const { certificates } = files;
  const certificatePath = isInline(certificate) ? certificate : fullName(run.confPrefix, certificate);
  const keyPath = isInline(key) ? key : fullName(run.confPrefix, key);
  const about = (name: string, nginx: string) => ({ name, nginx });
  const pem = textOf(files, certificatePath);
  if (pem === undefined) return about('ssl_certificate', say.cannotLoadCertificate(certificatePath, 'BIO_new_file()'));
  const { count, isBroken } = certificates.certificatesIn(pem);
  if (count === 0) return about('ssl_certificate', say.cannotLoadCertificate(certificatePath, 'PEM_read_bio_X509_AUX()'));
  if (isBroken) return about('ssl_certificate', say.cannotLoadCertificate(certificatePath, 'PEM_read_bio_X509()'));
  if (/^(engine|store):/.test(key)) return undefined;
  const keyPem = textOf(files, keyPath);
  if (keyPem === undefined) return about('ssl_certificate_key', say.cannotLoadKey(keyPath, 'BIO_new_file()'));
  if (!certificates.hasKey(keyPem, passwords))
    return about('ssl_certificate_key', say.cannotLoadKey(keyPath, 'PEM_read_bio_PrivateKey()'));
  return certificates.fits(pem, keyPem, passwords)
    ? undefined
    : about('ssl_certificate_key', say.opensslFailed('SSL_CTX_use_PrivateKey', keyPath));
}

function isInline(value: string): boolean {
  return value.startsWith('data:');
}

/** What a file or a `data:` value holds; undefined when it cannot be opened. fopen() opens directories, and reads nothing. */
function textOf(files: HostFiles, path: string): string | undefined {
  if (isInline(path)) return path.slice('data:'.length);
  const file = files.read(path);
  if (typeof file === 'string') return file;
  return file.errno === 21 ? '' : undefined;
}

function passwordsOf({ run, frame, files, prefix }: Context): readonly string[] {
  const name = frame.inherited<string>(`${prefix}ssl_password_file`);
  const text = name === undefined ? undefined : textOf(files, fullName(run.confPrefix, name));
  return (
    text
      ?.split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/\r$/, '')) ?? []
  );
}

/** Says it at the directive that gave the value. */
function refuse({ run, frame }: Context, name: string, nginx: string, value: string, isPlaced = false): false {
  let directive: ConfigDirective | undefined;
  for (let at: Frame | null = frame; at && !directive; at = at.parent) {
    directive = at.directive?.children?.findLast((one) => one.name === name && one.args[0] === value);
  }
  run.log('emerg', nginx, {
    directive: directive ?? frame.directive ?? undefined,
    arg: directive ? 0 : undefined,
    nowhere: !isPlaced,
    rule: 'certificate-unusable',
  });
  return false;
}

/** A setting that is a file's name; null when there is nothing to open. */
function fileOf({ run, frame, prefix, files }: Context, name: string) {
  const value = frame.inherited<string>(prefix + name) ?? '';
  if (value === '') return null;
  const path = fullName(run.confPrefix, value);
  return { value, path, text: textOf(files, path), name: prefix + name };
}

/** ngx_ssl_trusted_certificate, and the first half of ngx_ssl_client_certificate (X509_load_cert_crl_file) */
function trusted(context: Context, name: string): boolean {
  const file = fileOf(context, name);
  if (!file || hasCertificates(context, file.text)) return true;
  return refuse(context, file.name, say.opensslFailed('SSL_CTX_load_verify_locations', file.path), file.value);
}

function hasCertificates({ files: { certificates } }: Context, text = ''): boolean {
  const { count, isBroken } = certificates.certificatesIn(text);
  return !isBroken && (count > 0 || certificates.hasBlock(text, 'X509 CRL'));
}

/** SSL_load_client_CA_file takes certificates only. */
function named(context: Context): boolean {
  const file = fileOf(context, 'ssl_client_certificate');
  if (!file || context.files.certificates.certificatesIn(file.text ?? '').count > 0) return true;
  return refuse(context, file.name, say.opensslFailed('SSL_load_client_CA_file', file.path), file.value);
}

/** ngx_ssl_crl */
function revocations(context: Context): boolean {
  const file = fileOf(context, 'ssl_crl');
  if (!file || hasCertificates(context, file.text)) return true;
  return refuse(context, file.name, say.opensslFailed('X509_LOOKUP_load_file', file.path), file.value);
}

/** ngx_ssl_dhparam */
function dhparam(context: Context): boolean {
  const file = fileOf(context, 'ssl_dhparam');
  if (!file) return true;
  const { name, path, text, value } = file;
  if (text === undefined) return refuse(context, name, say.opensslFailed('BIO_new_file', path), value);
  const { certificates } = context.files;
  if (['DH PARAMETERS', 'X9.42 DH PARAMETERS'].some((label) => certificates.hasBlock(text, label))) return true;
  return refuse(context, name, say.opensslFailed('PEM_read_bio_DHparams', path), value);
}

/** ngx_ssl_session_ticket_keys */
function ticketKeys(context: Context): boolean {
  const { run, frame, files } = context;
  return (frame.inherited<readonly string[]>('ssl_session_ticket_key') ?? []).every((value) => {
    const path = fullName(run.confPrefix, value);
    const file = files.read(path);
    const size = typeof file === 'string' ? file.length : file.errno === 21 ? 0 : -1;
    if (size === 48 || size === 80) return true;
    const nginx = typeof file === 'string' || size === 0 ? say.not48or80(path) : say.openFailed(path, file.errno, file.error);
    return refuse(context, 'ssl_session_ticket_key', nginx, value, true);
  });
}

/** ngx_ssl_stapling_file: an OCSP response is a sequence that begins with its status. */
function stapling(context: Context): boolean {
  const { frame } = context;
  const file = fileOf(context, 'ssl_stapling_file');
  if (!file || frame.inherited<boolean>('ssl_stapling') !== true || !frame.inherited('ssl_certificate')) return true;
  const { name, path, text, value } = file;
  if (text === undefined) return refuse(context, name, say.opensslFailed('BIO_new_file', path), value);
  if (/^\x30(?:[\x00-\x7f]|\x81.|\x82..|\x83...)\x0a\x01/s.test(text)) return true;
  return refuse(context, name, say.opensslFailed('d2i_OCSP_RESPONSE_bio', path), value);
}
