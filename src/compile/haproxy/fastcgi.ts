import { effectiveOne } from '../../model/inherited.ts';
import type { Pass } from '../../model/references.ts';
import { effective } from '../../model/scope.ts';
import { type Around, rootOf, textOf } from './expression.ts';
import type { Job } from './job.ts';
import type { PassLines } from './proxy.ts';
import { word } from './words.ts';

/** Parameters that HAProxy sends by itself, with the same values (configuration.txt 10.1.1). */
const standard = new Set(
  'AUTH_TYPE CONTENT_LENGTH CONTENT_TYPE DOCUMENT_ROOT DOCUMENT_URI GATEWAY_INTERFACE HTTPS PATH_INFO PATH_TRANSLATED QUERY_STRING REDIRECT_STATUS REMOTE_ADDR REMOTE_PORT REMOTE_USER REQUEST_METHOD REQUEST_SCHEME REQUEST_URI SCRIPT_FILENAME SCRIPT_NAME SERVER_ADDR SERVER_NAME SERVER_PORT SERVER_PROTOCOL SERVER_SOFTWARE'.split(
    ' ',
  ),
);

/** `fastcgi_pass`: a `fcgi-app` with the document root, the index, and parameters that HAProxy does not send by itself. */
export function fastcgiLines(job: Job, around: Around, pass: Pass): PassLines {
  const { ledger, extras, names } = job;
  const { scope, use } = pass;
  const root = rootOf(scope);
  const rootUse = effectiveOne(scope, 'root') ?? effectiveOne(scope, 'alias');
  if (rootUse && root !== undefined) ledger.mapped(rootUse.directive, 'docroot');
  else if (rootUse) ledger.dropped(rootUse.directive, 'docroot of a fcgi-app is one directory');
  const index = effectiveOne(scope, 'fastcgi_index');
  if (index) ledger.mapped(index.directive, 'index');
  const split = effectiveOne(scope, 'fastcgi_split_path_info');
  if (split) ledger.mapped(split.directive, 'path-info');
  ledger.mapped(use.directive, 'a backend with use-fcgi-app');
  const lines = [
    `docroot ${word(root ?? '/')}`,
    ...(index ? [`index ${word(index.directive.args[0] ?? '')}`] : []),
    ...(split ? [`path-info ${word(split.directive.args[0] ?? '')}`] : []),
    ...parameterLines(job, around, pass),
  ];
  const same = extras.find((one) => one.kind === 'fcgi-app' && one.lines.join('\n') === lines.join('\n'));
  const name = same?.name ?? names.take(`${pass.upstreams[0]?.name ?? 'app'}.fcgi`);
  if (!same) extras.push({ kind: 'fcgi-app', name, lines });
  return { settings: [`use-fcgi-app ${name}`], rules: [], protocol: ' proto fcgi' };
}

function parameterLines({ ledger }: Job, around: Around, { scope }: Pass): readonly string[] {
  return effective(scope, 'fastcgi_param').flatMap(({ directive }) => {
    const [name = '', value = ''] = directive.args;
    if (standard.has(name)) {
      const isUsual = name !== 'SCRIPT_FILENAME' || /^\$document_root\$fastcgi_script_name$/.test(value);
      if (isUsual) ledger.mapped(directive, 'HAProxy sends it');
      else ledger.approximated(directive, `HAProxy sends ${name} made of docroot and path`);
      return [];
    }
    const text = textOf(value, around);
    if ('lost' in text) {
      ledger.dropped(directive, `HAProxy knows no ${text.lost}`);
      return [];
    }
    ledger.mapped(directive, 'set-param');
    return [`set-param ${word(name)} ${word(text.format === '' ? '%[str()]' : text.format)}`];
  });
}
