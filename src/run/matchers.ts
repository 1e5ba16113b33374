import { hostOf } from './backends.ts';
import type { Burst } from './burst.ts';
import type { Explanation } from './explain/explanation.ts';
import type { RunningNginx } from './options.ts';

/* Statements about what nginx does, as vitest and jest want them: whether one is true, and what to say when it is not what was expected. */

/** Whether a statement is true, and a sentence for when that was not expected. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Fields of a request that goes upstream, by name; null for one that must not be there. */
export type ExpectedFields = Readonly<Record<string, string | null>>;

/** The location that answers, as it is written (`location ~ \.php$`, `~ \.php$`, `/user/`); null for the server's own level. */
export function toMatchLocation({ location, request }: Explanation, expected: string | null): Verdict {
  const wanted = expected === null ? null : `location ${expected.replace(/^location\s+/, '').replace(/\s+/g, ' ')}`;
  const found = location ? `${location.location} (${location.file}:${location.line})` : 'no location';
  return said(
    location?.location === wanted || (location === null && wanted === null),
    (not) => `expected ${request.line} ${not}to be answered by ${wanted ?? 'no location'}; it is by ${found}`,
  );
}

/** The URI and fields of the last HTTP request that went upstream. */
export function toBeProxiedAs({ attempts, request }: Explanation, uri: string, fields: ExpectedFields = {}): Verdict {
  const sent = attempts.findLast((attempt) => attempt.request?.scheme.startsWith('http'))?.request ?? null;
  if (!sent) return said(false, () => `expected ${request.line} to be proxied; nothing goes upstream over HTTP`);
  const [line = '', ...rest] = sent.head.trimEnd().split('\r\n');
  const problems = line.split(' ')[1] === uri ? [] : [`the request is ${line}, not for ${uri}`];
  for (const [name, value] of Object.entries(fields)) {
    const found = rest.filter((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    const values = found.map((field) => field.slice(name.length + 1).trim());
    if (value === null ? found.length > 0 : !values.includes(value))
      problems.push(`${name} is ${values.length === 0 ? 'absent' : values.join(', ')}, not ${value ?? 'absent'}`);
  }
  return said(
    problems.length === 0,
    (not) => `expected ${request.line} ${not}to be proxied as ${uri}: ${problems.join('; ') || 'it is'}`,
  );
}

/** How many requests of a burst which back end answers, by name (`web01:80`) or host; others must answer none. `within` is a tolerance. */
export function toSpread({ spread }: Burst, expected: Readonly<Record<string, number>>, within = 0): Verdict {
  const rest = { ...spread };
  const off = Object.entries(expected).filter(([name, count]) => {
    const known = name in rest ? name : Object.keys(rest).find((one) => hostOf(one) === name);
    const found = known === undefined ? 0 : (rest[known] ?? 0);
    if (known !== undefined) delete rest[known];
    return Math.abs(found - count) > within;
  });
  const pass = off.length === 0 && Object.values(rest).every((count) => count <= within);
  return said(pass, (not) => `expected requests ${not}to spread ${JSON.stringify(expected)}; they do ${JSON.stringify(spread)}`);
}

/** Whether every session that was seen since the start (`ng.sessions`) has stayed on its peer; fails when there was none. */
export function toKeepSessions({ sessions }: Pick<RunningNginx, 'sessions'>): Verdict {
  const hops = sessions.flatMap(({ hops: all, cookie }) =>
    all.map(({ from, to, lost }) => `${cookie} ${from} → ${to}${lost ? ' (lost)' : ''}`),
  );
  const pass = sessions.length > 0 && hops.length === 0;
  return said(pass, (not) => {
    if (sessions.length === 0) return 'expected sessions to be kept; no session cookie was seen';
    return `expected sessions ${not}to be kept; ${hops.length === 0 ? 'they are' : hops.join(', ')}`;
  });
}

function said(pass: boolean, sentence: (not: string) => string): Verdict {
  return { pass, message: () => sentence(pass ? 'not ' : '') };
}
