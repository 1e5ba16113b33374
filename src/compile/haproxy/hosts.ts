import { inLowerCase } from '../../model/address.ts';
import type { ListenGroup } from '../../model/routes/listen-groups.ts';
import { defaultServerOf } from '../../model/routes/listen-groups.ts';
import type { Site } from '../../model/routes/sites.ts';
import { sitesAt } from '../../model/routes/tls-sites.ts';
import { word } from './words.ts';

interface HostName {
  readonly site: Site;
  readonly kind: 'exact' | 'head' | 'tail' | 'regex' | 'none';
  /** In lower case, stars left out: `.example.com`, `mail.`; a pattern without its tilde. */
  readonly text: string;
}

/** Some names of a server, asked together; none for the server that takes what is left. */
export interface HostGroup {
  readonly site: Site;
  readonly names: readonly HostName[];
}

const order = { none: 0, exact: 0, head: 1, tail: 2, regex: 3 };

/**
 * The servers of an address as a list of which the first that fits is right (ngx_http_find_virtual_server): exact names, stars at the
 * beginning, then at the end, longest first, regular expressions in order; the default server last. A server comes twice where
 * another one's names lie between its own.
 */
export function hostGroups(group: ListenGroup<Site>): readonly HostGroup[] {
  const fallback = defaultServerOf(group);
  if (!fallback) return [];
  if (sitesAt(group).length === 1) return [{ site: fallback, names: [] }];
  const names = sitesAt(group).flatMap(namesOf);
  const taken = new Set<string>();
  const first = names.filter(
    ({ kind, text }) => kind === 'regex' || (!taken.has(`${kind} ${text}`) && taken.add(`${kind} ${text}`)),
  );
  first.sort((a, b) => order[a.kind] - order[b.kind] || (a.kind === 'regex' ? 0 : b.text.length - a.text.length));
  const groups: Open[] = [];
  const last = new Map<Site, number>();
  for (const name of first) place(name, groups, last);
  while (groups.length > 0 && groups.at(-1)?.site === fallback) groups.pop();
  return [...groups.filter((one, index) => !isLeft(one, groups.slice(index + 1), fallback)), { site: fallback, names: [] }];
}

interface Open {
  readonly site: Site;
  readonly names: HostName[];
}

/** Into the server's last group, unless a name asked behind that one might take the same hosts; exact names come first, and are all different. */
function place(name: HostName, groups: Open[], last: Map<Site, number>): void {
  const index = last.get(name.site);
  const own = index === undefined ? undefined : groups[index];
  const isFree =
    order[name.kind] === 0 || !groups.slice((index ?? 0) + 1).some(({ names }) => names.some((other) => mayShare(other, name)));
  if (own && isFree) own.names.push(name);
  else last.set(name.site, groups.push({ site: name.site, names: [name] }) - 1);
}

/** The default server's names need no asking when nobody behind them would take them. */
function isLeft({ site, names }: HostGroup, behind: readonly HostGroup[], fallback: Site): boolean {
  return (
    site === fallback &&
    !behind.some((one) => one.site !== fallback && one.names.some((other) => names.some((name) => mayShare(other, name))))
  );
}

function namesOf(site: Site): HostName[] {
  return site.names.flatMap((name): HostName[] => {
    const text = inLowerCase(name);
    if (name === '') return [{ site, kind: 'none', text }];
    if (name.startsWith('~')) return [{ site, kind: 'regex', text: name.slice(1) }];
    if (text.startsWith('*.')) return [{ site, kind: 'head', text: text.slice(1) }];
    if (text.endsWith('.*')) return [{ site, kind: 'tail', text: text.slice(0, -1) }];
    if (!text.startsWith('.')) return [{ site, kind: 'exact', text }];
    return [
      { site, kind: 'exact', text: text.slice(1) },
      { site, kind: 'head', text },
    ];
  });
}

function mayShare(a: HostName, b: HostName): boolean {
  if (order[a.kind] > order[b.kind]) return mayShare(b, a);
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  if (a.kind === 'exact') {
    if (b.kind === 'exact') return a.text === b.text;
    if (b.kind === 'head') return a.text.endsWith(b.text);
    return b.kind === 'tail' ? a.text.startsWith(b.text) : true;
  }
  if (a.kind === b.kind && a.kind !== 'regex') {
    return a.kind === 'head'
      ? a.text.endsWith(b.text) || b.text.endsWith(a.text)
      : a.text.startsWith(b.text) || b.text.startsWith(a.text);
  }
  return true;
}

/** The lines of an ACL that holds for any of a group's names. */
export function hostAcl(name: string, { names }: HostGroup): readonly string[] {
  const of = (kind: HostName['kind']) => names.filter((one) => one.kind === kind);
  const words = (kind: HostName['kind']) =>
    of(kind)
      .map(({ text }) => word(text))
      .join(' ');
  return [
    ...(of('none').length > 0 ? [`acl ${name} req.hdr_cnt(host) eq 0`] : []),
    ...(of('exact').length > 0 ? [`acl ${name} var(txn.host) -m str ${words('exact')}`] : []),
    ...(of('head').length > 0 ? [`acl ${name} var(txn.host) -m end ${words('head')}`] : []),
    ...(of('tail').length > 0 ? [`acl ${name} var(txn.host) -m beg ${words('tail')}`] : []),
    // The host is in lower case: nginx makes a pattern caseless when it has a capital.
    ...of('regex').map(({ text }) => `acl ${name} var(txn.host) -m reg ${/[A-Z]/.test(text) ? '-i ' : ''}-- ${word(text)}`),
  ];
}
