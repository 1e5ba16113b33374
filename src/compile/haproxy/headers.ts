import { effectiveOne } from '../../model/inherited.ts';
import { mapBlock } from '../../model/map-blocks.ts';
import { effective, type Scope, type Use } from '../../model/scope.ts';
import { type Around, textOf } from './expression.ts';
import type { Job } from './job.ts';
import { escapeRegex, literal, word } from './words.ts';

/** Header fields of requests: nginx names the back end in Host unless told otherwise, the rest comes from the client. */
export function requestHeaders(job: Job, scope: Scope, around: Around, proxyHost: string): readonly string[] {
  const fields = effective(scope, 'proxy_set_header');
  const lines = fields.flatMap((use) => fieldLines(job, use, around));
  const hasHost = fields.some(({ directive }) => /^host$/i.test(directive.args[0] ?? ''));
  const host = hasHost ? [] : [`http-request set-header Host ${word(literal(proxyHost))}`];
  // Values are of the request as it came: what reads fields comes before what changes them.
  const reads = (line: string) => line.includes('req.hdr(') || line.includes('capture');
  return [...lines.filter(reads), ...lines.filter((line) => !reads(line)), ...host];
}

function fieldLines(job: Job, { directive }: Use, around: Around): readonly string[] {
  const [name = '', value = ''] = directive.args;
  const lower = name.toLowerCase();
  if (lower === 'connection' || lower === 'upgrade') return connectionLine(job, directive, lower, value);
  if (lower === 'x-forwarded-for' && /^\$\{?proxy_add_x_forwarded_for\}?$/i.test(value)) {
    job.ledger.mapped(directive, 'option forwardfor');
    return ['option forwardfor'];
  }
  if (value === '') {
    job.ledger.mapped(directive, 'http-request del-header');
    return [`http-request del-header ${word(name)}`];
  }
  if (lower === 'host' && /^\$(?:\{http_host\}|http_host)$/i.test(value)) {
    job.ledger.mapped(directive, 'Host is passed on as it came');
    return [];
  }
  const text = textOf(value, around);
  if ('lost' in text) {
    job.ledger.dropped(directive, `HAProxy knows no ${text.lost}; the client's own ${name} is taken away`);
    return [`http-request del-header ${word(name)}`];
  }
  job.ledger.mapped(directive, 'http-request set-header');
  const set = `http-request set-header ${word(name)} ${word(text.format)}`;
  if (text.lone === undefined) return [set];
  const found = `{ ${word(text.lone)} -m found }`;
  return [`${set} if ${found}`, `http-request del-header ${word(name)} if !${found}`];
}

/** HAProxy keeps its own connections, and hands an upgrade on by itself. */
function connectionLine({ ledger, model }: Job, directive: Use['directive'], name: string, value: string): readonly string[] {
  const [, variable] = /^\$\{?(\w+)\}?$/.exec(value) ?? [];
  const isUpgrade =
    variable !== undefined &&
    (variable === 'http_upgrade' || mapBlock(model, `$${variable}`)?.directive.args[0] === '$http_upgrade');
  if (value === '' || isUpgrade || /^(?:upgrade|close|keep-alive)$/i.test(value)) {
    if (variable !== undefined && isUpgrade) sayMap({ ledger, model }, variable);
    ledger.mapped(directive, `HAProxy sends ${name} itself, and passes upgrades on`);
  } else ledger.dropped(directive, `HAProxy sends ${name} itself`);
  return [];
}

function sayMap({ ledger, model }: Pick<Job, 'ledger' | 'model'>, variable: string): void {
  const block = mapBlock(model, `$${variable}`);
  if (block) ledger.mapped(block.directive, 'HAProxy passes upgrades on by itself');
}

/** `add_header` works on these only, unless it says `always` (ngx_http_headers_filter). */
const usualStatuses = '200 201 204 206 301:304 307 308';

/** Header fields of answers; those HAProxy makes itself get them as well. */
export function responseHeaders(job: Job, scope: Scope, around: Around): readonly string[] {
  const added = effective(scope, 'add_header').flatMap(({ directive }) => {
    const [name = '', value = '', always] = directive.args;
    const text = textOf(value, { ...around, inAnswer: true, groups: undefined });
    if ('lost' in text) {
      job.ledger.dropped(directive, `of an answer HAProxy knows no ${text.lost}`);
      return [];
    }
    job.ledger.mapped(directive, 'http-after-response add-header');
    if (value === '') return [];
    const when = always === 'always' ? '' : ` if { status ${usualStatuses} }`;
    return [`http-after-response add-header ${word(name)} ${word(text.format)}${when}`];
  });
  const shown = new Set(effective(scope, 'proxy_pass_header').map(({ directive }) => (directive.args[0] ?? '').toLowerCase()));
  for (const { directive } of effective(scope, 'proxy_pass_header')) job.ledger.mapped(directive, 'HAProxy passes it on');
  const hidden = effective(scope, 'proxy_hide_header').flatMap(({ directive }) => {
    job.ledger.mapped(directive, 'http-response del-header');
    return shown.has((directive.args[0] ?? '').toLowerCase())
      ? []
      : [`http-response del-header ${word(directive.args[0] ?? '')}`];
  });
  return [...hidden, ...expiresLines(job, scope), ...added];
}

/** `expires` with a fixed time; `Expires` itself is left to Cache-Control, which all caches prefer (RFC 9111 5.3). */
function expiresLines({ ledger }: Job, scope: Scope): readonly string[] {
  const use = effectiveOne(scope, 'expires');
  const [value = 'off'] = use?.directive.args ?? [];
  if (!use || value === 'off') return [];
  const seconds = { epoch: 'no-cache', max: 'max-age=315360000' }[value] ?? ageOf(value);
  if (seconds === undefined) {
    ledger.dropped(use.directive, 'a time of day, a variable or the age of a file is nothing HAProxy reckons with');
    return [];
  }
  ledger.approximated(use.directive, 'Cache-Control alone');
  return [`http-after-response set-header Cache-Control ${seconds} if { status ${usualStatuses} }`];
}

function ageOf(value: string): string | undefined {
  const [, sign, number, unit = 's'] = /^(-?)(\d+)([smhdwMy]?)$/.exec(value) ?? [];
  if (number === undefined) return undefined;
  if (sign === '-') return 'no-cache';
  const factor = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 }[unit || 's'] ?? 1;
  return `max-age=${Number(number) * factor}`;
}

/** `proxy_redirect`, and what it is by default: addresses of the back end become those of the location. */
export function redirectLines(
  job: Job,
  scope: Scope,
  around: Around,
  pass: { readonly url: string; readonly location: string | undefined },
): readonly string[] {
  const uses = effective(scope, 'proxy_redirect');
  if (uses.length === 0) return defaultRedirect(scope, pass);
  return uses.flatMap(({ directive }) => {
    const [from = '', to = ''] = directive.args;
    if (from === 'off') {
      job.ledger.mapped(directive, 'Location is left alone');
      return [];
    }
    if (from === 'default') {
      job.ledger.mapped(directive, 'http-response replace-header Location');
      return defaultRedirect(scope, pass);
    }
    const target = textOf(to.replace(/\$[1-9]/g, ''), { ...around, inAnswer: true });
    if ('lost' in target || (!from.startsWith('~') && from.includes('$'))) {
      job.ledger.dropped(directive, 'it names a variable that HAProxy does not know of an answer');
      return [];
    }
    job.ledger.mapped(directive, 'http-response replace-header Location');
    if (!from.startsWith('~'))
      return [replaceLocation(`^${escapeRegex(from)}(.*)`, `${completed(scope, to)}${formatOf(to, around)}\\1`)];
    const pattern = from.replace(/^~\*?/, '');
    return [
      replaceLocation(
        `${from.startsWith('~*') ? '(?i)' : ''}^.*?(?:${pattern}).*$`,
        `${completed(scope, to)}${formatOf(to, around)}`,
      ),
    ];
  });
}

function formatOf(text: string, around: Around): string {
  const pieces = text.split(/(\$[1-9])/).map((piece) => {
    const [, digit] = /^\$([1-9])$/.exec(piece) ?? [];
    if (digit !== undefined) return `\\${digit}`;
    const part = textOf(piece, { ...around, inAnswer: true });
    return 'format' in part ? part.format : '';
  });
  return pieces.join('');
}

/** What `proxy_redirect` writes is made absolute when it begins with a slash (ngx_http_upstream_rewrite_location). */
function completed(scope: Scope, to: string): string {
  if (!to.startsWith('/')) return '';
  return effectiveOne(scope, 'absolute_redirect')?.directive.args[0] === 'off' ? '' : '%[var(txn.base)]';
}

function defaultRedirect(
  scope: Scope,
  { url, location }: { readonly url: string; readonly location: string | undefined },
): readonly string[] {
  if (location === undefined || url.includes('$')) return [];
  const hasUri = /^https?:\/\/[^/]+\//i.test(url);
  const from = hasUri ? url : `${url}${location}`;
  return [replaceLocation(`^${escapeRegex(from)}(.*)`, `${completed(scope, location)}${literal(location)}\\1`)];
}

function replaceLocation(pattern: string, target: string): string {
  return `http-response replace-header Location ${word(pattern)} ${word(target)}`;
}

/** `proxy_cookie_domain`, `proxy_cookie_path` with literal texts. */
export function cookieLines({ ledger }: Job, scope: Scope): readonly string[] {
  return ['domain', 'path'].flatMap((attribute) =>
    effective(scope, `proxy_cookie_${attribute}`).flatMap(({ directive }) => {
      const [from = '', to = ''] = directive.args;
      if (from === 'off') {
        ledger.mapped(directive, 'cookies are left alone');
        return [];
      }
      if (/^~|\$/.test(from) || to.includes('$')) {
        ledger.dropped(directive, 'patterns and variables in cookies are not written');
        return [];
      }
      ledger.mapped(directive, 'http-response replace-header Set-Cookie');
      const name = attribute === 'domain' ? '[Dd]omain' : '[Pp]ath';
      const rest = attribute === 'domain' ? '(;.*)?$' : '(.*)$';
      const dot = attribute === 'domain' ? '\\.?' : '';
      return [
        `http-response replace-header Set-Cookie ${word(`^(.*;\\s*${name}=)${dot}${escapeRegex(from)}${rest}`)} ${word(`\\1${literal(to)}\\2`)}`,
      ];
    }),
  );
}
