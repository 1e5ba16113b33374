import { display } from '../../base/source-text.ts';
import type { Edit } from '../../diagnostics/diagnostic.ts';
import { insertAtStart, removeDirective } from '../../lint/insert.ts';
import { methodsOf } from '../../model/balancing.ts';
import { fileAndLine } from '../../model/place.ts';
import type { Upstream } from '../../model/references.ts';
import { usesIn } from '../../model/scope.ts';
import { applyEdits } from '../../syntax/edit.ts';

/** Something that may keep sessions: lines for the upstream's block, or a store that all back ends share. */
export interface Cure {
  readonly name: string;
  /** The line to write into the upstream; null when the configuration stays as it is. */
  readonly line: string | null;
  readonly store: 'local' | 'redis';
  /** What to know before choosing it. */
  readonly note: string;
}

/** What can be tried, the configuration as it is first. */
export function curesFor(cookie: string): readonly Cure[] {
  return [
    { name: 'as it is', line: null, store: 'local', note: '' },
    {
      name: 'ip_hash',
      line: 'ip_hash;',
      store: 'local',
      note: 'all clients of a /24 network, or behind one proxy, go to one server',
    },
    {
      name: `hash $cookie_${cookie} consistent`,
      line: `hash $cookie_${cookie} consistent;`,
      store: 'local',
      note: 'the first request has no cookie yet: whoever issues it need not be whom it leads to',
    },
    {
      name: 'sticky cookie',
      line: 'sticky cookie srv_id path=/;',
      store: 'local',
      note: 'nginx 1.29.6 or newer',
    },
    {
      name: 'shared store',
      line: null,
      store: 'redis',
      note: 'php.ini: session.save_handler = redis, session.save_path = "tcp://HOST:6379"',
    },
  ];
}

/** A file's text with a cure in it, and the edit in words. */
export interface CuredFile {
  readonly file: string;
  /** Byte string. */
  readonly text: string;
  /** `lb.conf:1: write "ip_hash;" below "upstream admin {"` */
  readonly edit: string;
}

/** Writes a line into an upstream in place of its other methods; null when it stands there already or the block is not whole. */
export function applyCure(upstream: Upstream, line: string): CuredFile | null {
  const { directive } = upstream.use;
  const { source } = directive;
  const others = [...methodsOf(upstream), ...usesIn(upstream.scope, 'sticky')].map((use) => use.directive);
  if (others.some(({ source: from, node }) => from.text.slice(node.start, node.end) === line)) return null;
  const inserted = insertAtStart(directive, [line]);
  if (!inserted || others.some((other) => other.source !== source)) return null;
  const edits: Edit[] = [inserted, ...others.map(removeDirective)];
  const edited = applyEdits(source, edits);
  if ('conflict' in edited) return null;
  const instead = others.map((other) => `"${display([other.name, ...other.args].join(' '))};"`).join(', ');
  const edit = `${fileAndLine(directive)}: write "${line}" into upstream ${upstream.name}${instead === '' ? '' : ` in place of ${instead}`}`;
  return { file: source.name, text: edited.text, edit };
}
