import { effectiveOne, nearestWith } from '../../model/inherited.ts';
import { networkOf } from '../../model/network.ts';
import { effective, type Scope, type Use, usesIn, usesNamed } from '../../model/scope.ts';
import { parseSize } from '../../schema/values/size.ts';
import { type Around, textOf } from './expression.ts';
import type { Job } from './job.ts';
import { nameFor, word } from './words.ts';

/** Guards that HAProxy cannot ask: what they guard stays closed. */
const closing = [
  'auth_request',
  'auth_jwt',
  'auth_oidc',
  'auth_ldap',
  'auth_pam',
  'access_by_lua_block',
  'access_by_lua_file',
  'js_access',
  'secure_link',
];

/** What everybody gets where nobody is let in. */
export const denyAll = 'http-request deny deny_status 403';

/** Rules of the preaccess and access phases: limits, addresses, passwords. What cannot be asked is refused, whatever losses are allowed. */
export function accessRules(job: Job, scope: Scope, around: Around): readonly string[] {
  const closed = closing.flatMap((name) => {
    const use = effectiveOne(scope, name);
    return use && use.directive.args[0] !== 'off' ? [use] : [];
  });
  for (const { directive } of closed) job.ledger.dropped(directive, 'HAProxy cannot ask it; all requests are denied here');
  if (closed.length > 0) return [denyAll];
  const addresses = accessTerms(job, scope);
  const password = passwordTerm(job, scope);
  const satisfy = effectiveOne(scope, 'satisfy');
  if (satisfy) job.ledger.mapped(satisfy.directive, 'conditions of http-request auth and deny');
  const authorise = password && `http-request auth realm ${word(password.realm)} if !{ http_auth(${password.list}) }`;
  const any = satisfy?.directive.args[0] === 'any' && authorise !== undefined;
  const asked = authorise === undefined ? [] : [authorise];
  return [
    ...limitRules(job, scope, around),
    ...(any
      ? [...entryRules(nearestWith(scope, ['allow', 'deny'])), `${authorise} !{ var(txn.allowed) -m bool }`]
      : [...addresses.map((terms) => join(denyAll, terms, true)), ...asked]),
    ...methodRules(job, scope),
  ];
}

/** Marks those whom an `allow` lets in before any `deny` fits: under `satisfy any` all others are asked for a password. */
function entryRules(rules: readonly Use[]): readonly string[] {
  const denied: string[] = [];
  const marks: string[] = [];
  for (const { directive } of rules) {
    const [address = ''] = directive.args;
    const isAll = address === 'all';
    if (!isAll && networkOf(address) === undefined) continue;
    if (directive.name === 'allow') {
      const terms = [...(isAll ? [] : [`{ src ${address} }`]), ...(denied.length > 0 ? [`!{ src ${denied.join(' ')} }`] : [])];
      marks.push(`http-request set-var(txn.allowed) bool(true)${terms.length > 0 ? ` if ${terms.join(' ')}` : ''}`);
    } else if (!isAll) denied.push(address);
    if (isAll) break;
  }
  return marks;
}

function join(rule: string, terms: string, begins = false): string {
  if (terms === '') return rule;
  return `${rule}${begins ? ' if' : ''} ${terms}`;
}

/** Conditions under which `allow` and `deny` in force refuse a client; '' is always. */
export function accessTerms(job: Job, scope: Scope): readonly string[] {
  return addressTerms(job, nearestWith(scope, ['allow', 'deny']));
}

/** Conditions under which an address is refused: each `deny`, unless an earlier `allow` fits (ngx_http_access_handler). */
function addressTerms({ ledger }: Job, rules: readonly Use[]): readonly string[] {
  const allowed: string[] = [];
  const terms: string[] = [];
  for (const { directive } of rules) {
    const [address = ''] = directive.args;
    if (address !== 'all' && networkOf(address) === undefined) {
      ledger.dropped(directive, 'HAProxy knows no such address; nobody gets in by it', address.replace(/:.*/, ''));
      continue;
    }
    ledger.mapped(directive, 'src in conditions of http-request deny');
    const unless = allowed.length > 0 ? `!{ src ${allowed.join(' ')} }` : '';
    if (directive.name === 'allow') {
      if (address === 'all') return terms;
      allowed.push(address);
    } else if (address === 'all') return [...terms, unless];
    else terms.push(`{ src ${address} }${unless === '' ? '' : ` ${unless}`}`);
  }
  return terms;
}

interface Password {
  readonly realm: string;
  readonly list: string;
}

function passwordTerm(job: Job, scope: Scope): Password | undefined {
  const use = effectiveOne(scope, 'auth_basic');
  const [realm = 'off'] = use?.directive.args ?? [];
  if (!use || realm === 'off') return undefined;
  const file = effectiveOne(scope, 'auth_basic_user_file')?.directive;
  const path = file?.args[0] ?? '';
  const text = job.options.read?.(path);
  job.ledger.mapped(use.directive, 'http-request auth with a userlist');
  const list = nameFor(path.replace(/^.*\//, ''));
  const users = text === undefined ? [] : text.split('\n').flatMap((line) => userLine(job, file ?? use.directive, line));
  if (text === undefined)
    job.ledger.dropped(file ?? use.directive, 'the file of passwords cannot be read: nobody gets in', 'auth_basic_user_file');
  else if (file) job.ledger.mapped(file, `userlist ${list}`);
  if (!job.extras.some(({ kind, name }) => kind === 'userlist' && name === list))
    job.extras.push({ kind: 'userlist', name: list, lines: users });
  return { realm, list };
}

/** HAProxy asks the system's crypt(): what only nginx and Apache know is lost. */
function userLine({ ledger }: Job, file: Use['directive'], line: string): readonly string[] {
  const [, name, hash = ''] = /^([^:#][^:]*):([^:\r]*)/.exec(line) ?? [];
  if (name === undefined) return [];
  if (hash.startsWith('{PLAIN}')) return [`user ${word(name)} insecure-password ${word(hash.slice(7))}`];
  if (/^\$(?:1|5|6|2[aby]|y)\$|^[\w./]{13}$/.test(hash)) return [`user ${word(name)} password ${word(hash)}`];
  ledger.dropped(
    file,
    `crypt() has no ${/^\$apr1\$/.test(hash) ? '$apr1$' : (/^\{\w+\}/.exec(hash)?.[0] ?? 'such hash')}: such users do not get in`,
    'hash',
  );
  return [];
}

/** `limit_except GET { deny all; }` */
function methodRules(job: Job, scope: Scope): readonly string[] {
  return usesIn(scope, 'limit_except').flatMap(({ directive, opened }) => {
    if (!opened) return [];
    const methods = directive.args.includes('GET') ? [...directive.args, 'HEAD'] : directive.args;
    const own = nearestWith(opened, ['allow', 'deny']).filter((use) => use.scope === opened);
    job.ledger.mapped(directive, 'a condition on the method');
    return addressTerms(job, own).map((terms) =>
      join(`http-request deny deny_status 403 if !{ method ${[...new Set(methods)].join(' ')} }`, terms),
    );
  });
}

interface Zone {
  readonly use: Use;
  readonly key: string;
  /** Requests in `period`; 0 where connections are counted. */
  readonly rate: number;
  readonly period: string;
  readonly size: number;
}

function zoneOf({ model }: Job, directive: string, name: string): Zone | undefined {
  const isOurs = (word: string) => word === `zone=${name}` || word.startsWith(`zone=${name}:`);
  const use = usesNamed(model.root, [directive]).find((one) => one.directive.args.some(isOurs));
  if (!use) return undefined;
  const [key = '', ...words] = use.directive.args;
  const [, rate = '0', unit = 's'] = /^rate=(\d+)r\/([sm])$/.exec(words.find((word) => word.startsWith('rate=')) ?? '') ?? [];
  const size = parseSize(words.find(isOurs)?.split(':')[1] ?? '') ?? 1024 ** 2;
  return { use, key, rate: Number(rate), period: unit === 'm' ? '60s' : '1s', size };
}

/** HAProxy has three counters for a request. */
const counters = 3;

function limitRules(job: Job, scope: Scope, around: Around): readonly string[] {
  const rules: string[] = [];
  let counter = 0;
  for (const use of [...effective(scope, 'limit_req'), ...effective(scope, 'limit_conn')]) {
    const { directive } = use;
    const isRate = directive.name === 'limit_req';
    const zoneName = isRate ? valueIn(directive.args, 'zone') : (directive.args[0] ?? '');
    const zone = zoneOf(job, `${directive.name}_zone`, zoneName ?? '');
    const key = zone && keySample(zone.key, around);
    if (!zone || key === undefined || counter === counters) {
      job.ledger.dropped(
        directive,
        key === undefined ? 'its key is no HAProxy sample' : 'HAProxy counts three keys for a request',
      );
      continue;
    }
    const status = effectiveOne(scope, `${directive.name}_status`)?.directive;
    if (status) job.ledger.mapped(status, 'deny_status');
    const table = tableFor(job, zone, zoneName ?? '', isRate, key);
    const most = isRate ? zone.rate + Number(valueIn(directive.args, 'burst') ?? 0) : Number(directive.args[1] ?? 0);
    const fetch = isRate ? `sc_http_req_rate(${counter})` : `sc_conn_cur(${counter})`;
    rules.push(`http-request track-sc${counter} ${key} table ${table}`);
    rules.push(`http-request deny deny_status ${status?.args[0] ?? 503} if { ${fetch} gt ${most} }`);
    sayLimit(job, use, isRate);
    counter++;
  }
  return rules;
}

function sayLimit({ ledger }: Job, { directive }: Use, isRate: boolean): void {
  ledger.approximated(
    directive,
    isRate
      ? 'requests in a sliding second (or minute) are counted and refused beyond rate and burst; none waits for its turn'
      : 'connections of a key are counted from their first request here to their end',
  );
}

function valueIn(args: readonly string[], name: string): string | undefined {
  return args.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

function keySample(key: string, around: Around): string | undefined {
  if (/^\$\{?(?:binary_)?remote_addr\}?$/i.test(key)) return 'src';
  const text = textOf(key, around);
  const [, sample] = 'format' in text ? (/^%\[((?:[^\][]|\[[^\]]*\])*)\]$/.exec(text.format) ?? []) : [];
  return sample === undefined ? undefined : word(sample);
}

/** nginx keeps 64 bytes of state for an address, 128 for longer keys. */
function tableFor(job: Job, { use, period, size }: Zone, name: string, isRate: boolean, key: string): string {
  const table = nameFor(`${use.directive.name.replace(/_zone$/, '')}.${name}`);
  job.ledger.mapped(use.directive, `stick-table ${table}`);
  if (!job.extras.some((section) => section.name === table)) {
    const type = key === 'src' ? 'ipv6' : 'string len 128';
    const expire = isRate ? period : '60s';
    const store = isRate ? `http_req_rate(${period})` : 'conn_cur';
    const entries = Math.max(1024, Math.floor(size / (key === 'src' ? 64 : 128)));
    job.extras.push({
      kind: 'backend',
      name: table,
      lines: [`stick-table type ${type} size ${entries} expire ${expire} store ${store}`],
    });
  }
  return table;
}
