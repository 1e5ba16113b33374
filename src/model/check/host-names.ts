import type { Url } from '../../schema/values/grammar/url.ts';
import type { Call, Run } from './run.ts';

const notFound = 'host not found';

/** ngx_inet_resolve_host: a URL whose name nobody knows has nginx's error, where names may be asked for. */
export function resolved({ host: { knowsName } }: Run, url: Url): Url {
  if (url.err !== undefined || url.addresses !== undefined || !knowsName || knowsName(url.host)) return url;
  return { ...url, err: notFound };
}

/** Says that nobody knows a name that stands where an address may. */
export function knowsHost(call: Call, word: string, words: (err: string, word: string) => string): void {
  const { knowsName } = call.run.host;
  if (knowsName && !knowsName(word)) call.fail(words(notFound, word), 0, 'host-not-found');
}

/** The rule for what is wrong with an address: its own when the name is unknown, else `rule`. */
export function ruleForError(error: string, rule?: string): string | undefined {
  return error.startsWith(notFound) ? 'host-not-found' : rule;
}
