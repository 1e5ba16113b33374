import { effective, type Scope, type Use } from '../model/scope.ts';
import { isAtLeast } from '../schema/version.ts';

/** A hole of nginx, by nginx.org/en/security_advisories.html. */
export interface Vulnerability {
  /** `CVE-2024-7347`. */
  readonly cve: string;
  /** What the configuration has to use, by `features`; '' when nothing special. */
  readonly feature: string;
  /** First and last affected release of each stretch. */
  readonly affected: readonly (readonly [first: string, last: string])[];
  /** Releases within a stretch from which on their own branch is repaired. */
  readonly fixed: readonly string[];
}

/** CVE, feature, affected releases, repaired ones: facts of xml/en/security_advisories.xml of nginx.org as of July 2026. */
const table = `
2026-42533|map-regex|0.9.6-1.31.2|1.31.3 1.30.4
2026-60005|slice|1.15.8-1.31.2|1.31.3 1.30.4
2026-56434|ssi|0.8.11-1.31.2|1.31.3 1.30.4
2026-42530|http3|1.31.0-1.31.1|1.31.2
2026-42055|invalid-headers|1.13.10-1.31.1|1.31.2 1.30.3
2026-48142|charset-map|0.3.50-1.31.1|1.31.2 1.30.3
2026-9256|rewrite-overlap|0.1.17-1.31.0|1.31.1 1.30.2
2026-42926|set-body|1.29.4-1.30.0|1.31.0 1.30.1
2026-42945|rewrite-args|0.6.27-1.30.0|1.31.0 1.30.1
2026-42946|scgi-uwsgi|0.8.42-1.30.0|1.31.0 1.30.1
2026-42934|charset-map|0.3.50-1.30.0|1.31.0 1.30.1
2026-40460|http3|1.25.0-1.30.0|1.31.0 1.30.1
2026-40701|ocsp|1.19.0-1.30.0|1.31.0 1.30.1
2026-27654|dav-alias|0.5.13-1.29.6|1.29.7 1.28.3
2026-27784|mp4|1.1.19-1.29.6|1.29.7 1.28.3
2026-32647|mp4|1.1.19-1.29.6|1.29.7 1.28.3
2026-27651|mail-digest|0.5.15-1.29.6|1.29.7 1.28.3
2026-28753|mail-auth|0.6.27-1.29.6|1.29.7 1.28.3
2026-28755|stream-ocsp|1.27.2-1.29.6|1.29.7 1.28.3
2026-1642|tls-upstream|1.3.0-1.29.4|1.29.5 1.28.2
2025-53859|smtp-none|0.7.22-1.29.0|1.29.1
2025-23419|client-cert|1.11.4-1.27.3|1.27.4 1.26.3
2024-7347|mp4|1.5.13-1.27.0|1.27.1 1.26.2
2024-32760|http3|1.25.0-1.25.5 1.26.0-1.26.0|1.27.0 1.26.1
2024-31079|http3|1.25.0-1.25.5 1.26.0-1.26.0|1.27.0 1.26.1
2024-35200|http3|1.25.0-1.25.5 1.26.0-1.26.0|1.27.0 1.26.1
2024-34161|http3|1.25.0-1.25.5 1.26.0-1.26.0|1.27.0 1.26.1
2024-24989|http3|1.25.3-1.25.3|1.25.4
2024-24990|http3|1.25.0-1.25.3|1.25.4
2022-41741|mp4|1.1.3-1.23.1 1.0.7-1.0.15|1.23.2 1.22.1
2022-41742|mp4|1.1.3-1.23.1 1.0.7-1.0.15|1.23.2 1.22.1
2021-23017|resolver|0.6.18-1.20.0|1.21.0 1.20.1
2019-9511|http2|1.9.5-1.17.2|1.17.3 1.16.1
2019-9513|http2|1.9.5-1.17.2|1.17.3 1.16.1
2019-9516|http2|1.9.5-1.17.2|1.17.3 1.16.1
2018-16843|http2|1.9.5-1.15.5|1.15.6 1.14.1
2018-16844|http2|1.9.5-1.15.5|1.15.6 1.14.1
2018-16845|mp4|1.1.3-1.15.5 1.0.7-1.0.15|1.15.6 1.14.1
2017-7529||0.5.6-1.13.2|1.13.3 1.12.1
2016-4450||1.3.9-1.11.0|1.11.1 1.10.1
2016-0742|resolver|0.6.18-1.9.9|1.9.10 1.8.1
2016-0746|resolver|0.6.18-1.9.9|1.9.10 1.8.1
2016-0747|resolver|0.6.18-1.9.9|1.9.10 1.8.1
2014-3616|tls|0.5.6-1.7.4|1.7.5 1.6.2
2014-3556|mail-starttls|1.5.6-1.7.3|1.7.4 1.6.1
2014-0133|spdy|1.3.15-1.5.11|1.5.12 1.4.7
2014-0088|spdy|1.5.10-1.5.10|1.5.11
2013-4547||0.8.41-1.5.6|1.5.7 1.4.4
2013-2070|proxy|1.1.4-1.2.8 1.3.9-1.4.0|1.5.0 1.4.1 1.2.9
2013-2028||1.3.9-1.4.0|1.5.0 1.4.1
2012-2089|mp4|1.1.3-1.1.18 1.0.7-1.0.14|1.1.19 1.0.15
2012-1180|proxy|0.1.0-1.1.16|1.1.17 1.0.14
2011-4315|resolver|0.6.18-1.1.7|1.1.8 1.0.10
2009-3555|tls|0.1.0-0.8.22|0.8.23 0.7.64
2009-3898||0.1.0-0.8.16|0.8.17 0.7.63
2009-2629||0.1.0-0.8.14|0.8.15 0.7.62 0.6.39 0.5.38
2009-3896||0.1.0-0.8.13|0.8.14 0.7.62 0.6.39 0.5.38`;

/** Every hole with a CVE that nginx on systems other than Windows has had, the newest first. */
export const vulnerabilities: readonly Vulnerability[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [cve = '', feature = '', affected = '', fixed = ''] = line.split('|');
    const stretches = affected.split(' ').map((stretch) => stretch.split('-'));
    return {
      cve: `CVE-${cve}`,
      feature,
      affected: stretches.map(([first = '', last = '']) => [first, last] as const),
      fixed: fixed.split(' '),
    };
  });

/** Something that a configuration uses, and that has had holes. */
export interface Feature {
  /** As it goes on behind "in". */
  readonly name: string;
  readonly directives: readonly string[];
  /** Whether this use of a directive is meant; by default each is. */
  readonly when?: (use: Use) => boolean;
}

const isOn = ({ directive: { args } }: Use) => args[0] === 'on';
const isNotOff = ({ directive: { args } }: Use) => args[0] !== 'off';
const has =
  (...words: readonly string[]) =>
  ({ directive: { args } }: Use) =>
    words.some((word) => args.includes(word));

/** Features by the names that `vulnerabilities` has for them. */
export const features: Readonly<Record<string, Feature>> = {
  mp4: { name: 'ngx_http_mp4_module', directives: ['mp4'] },
  http3: { name: 'HTTP/3', directives: ['listen'], when: has('quic') },
  http2: {
    name: 'HTTP/2',
    directives: ['listen', 'http2'],
    when: (use) => (use.directive.name === 'listen' ? has('http2')(use) : isOn(use)),
  },
  spdy: { name: 'SPDY', directives: ['listen'], when: has('spdy') },
  tls: {
    name: 'TLS',
    directives: ['listen', 'ssl'],
    when: (use) => (use.directive.name === 'listen' ? has('ssl')(use) : isOn(use)),
  },
  resolver: { name: 'the resolver', directives: ['resolver'] },
  slice: { name: 'ngx_http_slice_module', directives: ['slice'], when: ({ directive }) => directive.args[0] !== '0' },
  ssi: { name: 'ngx_http_ssi_filter_module', directives: ['ssi'], when: isOn },
  'map-regex': {
    name: 'regular expressions of "map"',
    directives: ['map'],
    when: ({ directive }) => (directive.children ?? []).some(({ name }) => name.startsWith('~')),
  },
  'charset-map': { name: 'ngx_http_charset_filter_module', directives: ['charset_map'] },
  'rewrite-overlap': {
    name: 'groups within groups of "rewrite"',
    directives: ['rewrite'],
    when: ({ directive: { args } }) => /\$\d.*\$\d/.test(args[1] ?? '') && /\((?!\?)[^()]*\((?!\?)/.test(args[0] ?? ''),
  },
  'rewrite-args': {
    name: 'numbered groups read behind a "rewrite" with arguments',
    directives: ['rewrite'],
    when: (use) => leakyRewrites(use.scope).has(use),
  },
  'scgi-uwsgi': { name: 'ngx_http_scgi_module and ngx_http_uwsgi_module', directives: ['scgi_pass', 'uwsgi_pass'] },
  ocsp: { name: 'the check of client certificates by OCSP', directives: ['ssl_ocsp'], when: isNotOff },
  'stream-ocsp': {
    name: 'the check of client certificates by OCSP in stream',
    directives: ['ssl_ocsp'],
    when: (use) => isNotOff(use) && use.entry.module.name.includes('stream'),
  },
  'client-cert': { name: 'the check of client certificates', directives: ['ssl_verify_client'], when: isNotOff },
  'dav-alias': {
    name: 'COPY and MOVE below an alias',
    directives: ['dav_methods'],
    when: (use) => has('COPY', 'MOVE')(use) && effective(use.scope, 'alias').length > 0,
  },
  'tls-upstream': {
    name: 'TLS to back ends',
    directives: ['proxy_pass', 'grpc_pass', 'uwsgi_pass', 'proxy_ssl'],
    when: (use) =>
      use.directive.name === 'proxy_ssl' ? isOn(use) : /^(?:https|grpcs|suwsgi):/i.test(use.directive.args[0] ?? ''),
  },
  proxy: { name: 'what back ends answer', directives: ['proxy_pass', 'fastcgi_pass', 'scgi_pass', 'uwsgi_pass'] },
  'invalid-headers': {
    name: 'headers for gRPC and HTTP/2 back ends with "ignore_invalid_headers off"',
    directives: ['grpc_pass', 'proxy_pass'],
    when: (use) => speaksHttp2(use) && effective(use.scope, 'ignore_invalid_headers').at(-1)?.directive.args[0] === 'off',
  },
  'set-body': {
    name: 'proxy_set_body for HTTP/2 back ends',
    directives: ['proxy_pass'],
    when: (use) => speaksHttp2(use) && effective(use.scope, 'proxy_set_body').length > 0,
  },
  'mail-auth': { name: 'auth_http of mail', directives: ['auth_http'] },
  'mail-digest': {
    name: 'CRAM-MD5 and APOP of mail',
    directives: ['imap_auth', 'pop3_auth', 'smtp_auth'],
    when: has('cram-md5', 'apop'),
  },
  'smtp-none': { name: 'SMTP without authentication', directives: ['smtp_auth'], when: has('none') },
  'mail-starttls': { name: 'STARTTLS of mail', directives: ['starttls'], when: isNotOff },
};

const leaky = new WeakMap<Scope, ReadonlySet<Use>>();

/** The rewrites of a block with arguments in the replacement, behind which `set`, `if` or `rewrite` reads a numbered group. */
function leakyRewrites(scope: Scope): ReadonlySet<Use> {
  let found = leaky.get(scope);
  if (!found) {
    const group = (use: Use) => use.directive.args.some((arg, index) => index > 0 && /\$\{?\d/.test(arg));
    const last = scope.uses.findLastIndex((use) => /^(?:set|if|rewrite)$/.test(use.directive.name) && group(use));
    const before = scope.uses.slice(0, Math.max(0, last));
    found = new Set(before.filter(({ directive: { name, args } }) => name === 'rewrite' && /\?./.test(args[1] ?? '')));
    leaky.set(scope, found);
  }
  return found;
}

function speaksHttp2({ directive, scope }: Use): boolean {
  return directive.name === 'grpc_pass' || effective(scope, 'proxy_http_version').at(-1)?.directive.args[0] === '2';
}

/** True when some release from `oldest` to `newest` has the hole; a branch (`1.28`) means its last release. */
export function affects({ affected, fixed }: Vulnerability, oldest: string, newest: string): boolean {
  const isBad = (version: string) =>
    affected.some(([first, last]) => isAtLeast(version, first) && !isAfter(version, last)) &&
    !fixed.some((good) => branchOf(good) === branchOf(version) && isAtLeast(version, good));
  return isBad(oldest) || isBad(newest) || affected.some(([first]) => isAfter(first, oldest) && isAtLeast(newest, first));
}

function isAfter(version: string, other: string): boolean {
  return isAtLeast(version, other) && version !== other;
}

function branchOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
