import type {
  AskedUpstream,
  Attempt,
  ChosenServer,
  Explanation,
  NamedLocation,
  Step,
  Written,
} from '../../run/explain/explanation.ts';
import type { SkipReason } from '../../runtime/events.ts';

/** An explanation for people: a word for each subject, and what is to be said of it. */
export function explanationLines(explanation: Explanation): string[] {
  const { request, server, steps, upstreams, attempts, answer, whyNot } = explanation;
  const place = placing(server?.file ?? null);
  const lines = [line('request', `${request.line}${request.client === '' ? '' : `  from ${request.client}`}`)];
  if (server) lines.push(line('server', serverWords(server, place)));
  if (request.received !== '') lines.push(line('uri', uriWords(request)));
  for (const step of steps) lines.push(...stepLines(step, place));
  for (const upstream of upstreams) lines.push(...upstreamLines(upstream, attempts));
  lines.push(line('answer', `${answer.status}, ${answer.bytes} bytes, after ${Math.round(answer.milliseconds)} ms`));
  if (whyNot) {
    const [first = '', ...more] = whyNot.says;
    lines.push(line('why not', `${whyNot.location} ${place(whyNot)}: ${first}`), ...more.map((text) => line('', text)));
  }
  return lines;
}

type Placing = (at: Written) => string;

/** Places in the server's own file are shown by their line. */
function placing(main: string | null): Placing {
  return ({ file, line }) => (file === null ? '' : `${file === main ? '' : file}:${line}`);
}

function line(subject: string, text: string): string {
  return `${subject.padEnd(9)} ${printable(text)}`.trimEnd();
}

/** Nothing in it that a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

const howWords = {
  exact: 'exact name',
  wildcard: 'name with a star',
  regex: 'regular expression',
  default: 'default server',
} as const;

function serverWords(server: ChosenServer & { readonly beats: readonly ChosenServer[] }, place: Placing): string {
  const beats = server.beats.map((one) => `${one.name || '(no name)'} ${place(one)} ${howWords[one.how]}`);
  const where = server.file === null ? '' : `${server.file}:${server.line}  `;
  return `${where}${server.name || '(no name)'}  ${howWords[server.how]}${beats.length > 0 ? ` (beats ${beats.join(', ')})` : ''}`;
}

function uriWords({ received, uri, args }: Explanation['request']): string {
  const path = received.replace(/[?#].*$/s, '').replace(/^[a-z]+:\/\/[^/]*/i, '');
  return `${path === uri ? uri : `${path} → ${uri}${normalised(path)}`}${args === '' ? '' : `  args ${args}`}`;
}

/** What normalising does with such a path. */
function normalised(path: string): string {
  const done = [
    /%/.test(path) && 'decoded',
    /\/\.\.?(?:\/|$)/.test(path) && 'dots resolved',
    /\/\//.test(path) && 'slashes merged',
  ];
  const words = done.filter((word) => word !== false);
  return words.length === 0 ? '' : `  (${words.join(', ')})`;
}

function named({ location, ...at }: NamedLocation, place: Placing): string {
  return `${location.replace(/^location /, '')} ${place(at)}`;
}

const outcomes = {
  exact: 'is the URI',
  slash: 'is the URI with a slash: redirect',
  longest: 'longest prefix',
  final: 'longest prefix, ^~: no regular expressions',
  match: 'matches',
  no: 'no',
} as const;

type Telling = {
  readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>, place: Placing) => string[];
};

const telling: Telling = {
  search({ location, tried, uri }, place) {
    const found = location ? named(location, place) : 'none: the server itself';
    const looked = tried.map((one) => `${one.location.replace(/^location /, '')} ${outcomes[one.outcome]}`).join(' | ');
    return [line('location', `${found}  for ${uri}`), ...(looked === '' ? [] : [line('', `tried: ${looked}`)])];
  },
  'named-location': ({ location }, place) => [line('location', named(location, place))],
  rewrite: (step, place) => [line('rewrite', `${place(step)} ${withoutName(step.text)}: ${rewritten(step)}`)],
  if: (step, place) => [line('if', `${place(step)} ${withoutName(step.text)}: ${step.holds ? 'yes' : 'no'}`)],
  set: (step, place) => [line('set', `${place(step)} ${withoutName(step.text)}: "${step.value}"`)],
  return: (step, place) => [line('return', `${place(step)} ${step.status}${step.text === '' ? '' : ` ${step.text}`}`)],
  'access-rule': (step, place) => [
    line(
      'access',
      step.text === null ? 'no rule fits: let in' : `${place(step)} ${step.text}: ${step.allows ? 'let in' : '403'}`,
    ),
  ],
  verdict: (step, place) => [
    line(step.phase === 'access' ? 'access' : 'phase', `${place(step)} ${step.module}: ${verdictWords(step.verdict)}`),
  ],
  'try-file': (step, place) => [line('try_files', `${place(step)} ${step.path}: ${step.found ? 'taken' : 'not there'}`)],
  'error-page': (step, place) => [line('error', `${place(step)} error_page ${step.status} → ${step.target}`)],
  'internal-redirect': ({ to, args }) => [line('goes on', `at ${to}${args === '' ? '' : `?${args}`}`)],
  content: ({ module, file }) => [line('answers', `${module}${file === null ? '' : `  file ${file}`}`)],
};

function stepLines<K extends Step['kind']>(step: Extract<Step, { kind: K }>, place: Placing): string[] {
  return (telling[step.kind as K] as Telling[K])(step, place);
}

function withoutName(text: string): string {
  return text.replace(/^\w+ /, '');
}

function rewritten({ matches, uri, args, redirect }: Extract<Step, { kind: 'rewrite' }>): string {
  if (!matches) return 'no match';
  return redirect === null ? `uri=${uri}${args === '' ? '' : `  args=${args}`}` : `redirect to ${redirect}`;
}

function verdictWords(verdict: 'ok' | 'done' | number): string {
  if (verdict === 'ok') return 'let in';
  return verdict === 'done' ? 'answers itself' : String(verdict);
}

function upstreamLines(upstream: AskedUpstream, attempts: readonly Attempt[]): string[] {
  const { name, method, key, subrequest, failover } = upstream;
  const own = attempts.filter((attempt) => attempt.upstream === name);
  const first = `${name}  ${method}${key === '' ? '' : `  key ${key}`}${subrequest ? '  (a subrequest)' : ''}`;
  return [line('upstream', first), ...own.flatMap(attemptLines), ...failoverLines(failover)];
}

const skipWords: Readonly<Record<SkipReason, string>> = {
  tried: 'tried before',
  down: 'marked down',
  'check-down': 'health checks find it down',
  failed: 'failed lately (max_fails, fail_timeout)',
  max_conns: 'has max_conns connections',
};

function attemptLines({ peer, skipped, request, failed }: Attempt): string[] {
  const lines = skipped.map((one) => line('', `skipped ${one.peer}: ${skipWords[one.reason]}`));
  lines.push(
    line('peer', peer === null ? 'none is left: no live upstreams' : `${peer}${failed === null ? '' : `  failed: ${failed}`}`),
  );
  if (!request) return lines;
  const [first = '', ...fields] = request.scheme === 'http://' ? request.head.trimEnd().split('\r\n') : [];
  if (first === '') return [...lines, line('sends', `${request.scheme}, ${request.head.length} bytes of parameters`)];
  const body = request.body === 0 ? [] : [line('', `and ${request.body} bytes of body`)];
  return [...lines, line('sends', first), ...fields.map((field) => line('', field)), ...body];
}

function failoverLines({ order, reasons, tries, timeout, connectTimeout, readTimeout }: AskedUpstream['failover']): string[] {
  const [, ...next] = order;
  const limits = `${tries > 0 ? `, ${tries} tries` : ''}${timeout > 0 ? `, within ${timeout} ms` : ''}`;
  const waits = `a peer has ${connectTimeout / 1000} s to connect, ${readTimeout / 1000} s between reads`;
  if (next.length === 0 || reasons.length === 0) return [line('if failed', `no other peer is tried; ${waits}`)];
  return [line('if failed', `next ${next.join(', then ')}  on ${reasons.join(' ')}${limits}; ${waits}`)];
}
