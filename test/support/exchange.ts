/** One request and the answer it should get, as an `http` block of a page tells it. */
export interface Exchange {
  /** The page's line of the request line. */
  readonly line: number;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
  readonly expected: Expected;
  /** Lines such as `N-I: …` or `DIFFERS nginx<1.25: …` below the answer. */
  readonly notes: readonly string[];
}

/** What an answer's header is where it must not be there. */
export const absent = '(none)';

/** Name and value as written. */
export type Header = readonly [name: string, value: string];

/** What the answer has to be: its status, these headers, and, where one is written, this body. */
export interface Expected {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
}

const requestLine = /^([A-Z]+) (\S+)$/;
const answerLine = /^(?:→|->) (\d{3})$/;
const noteLine = /^(N-I|DIFFERS|N\/A|OK|BUG)\b/;

/**
 * Reads the lines of an `http` block: request line, headers, a blank line and a body if there is one; `→ 200`,
 * headers, a blank line and a body if it is to be compared. Several exchanges are parted by a blank line.
 */
export function exchangesIn(lines: readonly string[], firstLine: number): readonly Exchange[] {
  const answers = lines.flatMap((line, at) => (answerLine.test(line) ? [at] : []));
  let start = 0;
  return answers.map((answer, index) => {
    const end = index + 1 < answers.length ? startOfRequest(lines, answers[index + 1] ?? 0) : lines.length;
    const exchange = exchangeOf(lines, { start, answer, end }, firstLine);
    start = end;
    return exchange;
  });
}

function exchangeOf(
  lines: readonly string[],
  { start, answer, end }: { start: number; answer: number; end: number },
  firstLine: number,
): Exchange {
  const head = lines.slice(start, answer);
  const at = head.findIndex((line) => line !== '');
  const [, method, target] = requestLine.exec(head[at] ?? '') ?? [];
  if (!method || !target) throw new Error(`line ${firstLine + start}: no request line above "${lines[answer]}"`);
  const status = Number(answerLine.exec(lines[answer] ?? '')?.[1]);
  const below = lines.slice(answer + 1, end);
  const notes = below.filter((line) => noteLine.test(line));
  const request = headersAndBody(head.slice(at + 1));
  const response = headersAndBody(below.filter((line) => !noteLine.test(line)));
  return { line: firstLine + start + at, method, target, ...request, expected: { status, ...response }, notes };
}

/** The last request line with a blank line, or nothing, above it, before the next answer. */
function startOfRequest(lines: readonly string[], answer: number): number {
  for (let at = answer - 1; at > 0; at--) if (requestLine.test(lines[at] ?? '') && lines[at - 1] === '') return at;
  throw new Error(`no blank line and request line above "${lines[answer]}"`);
}

function headersAndBody(lines: readonly string[]): { headers: readonly Header[]; body: string | undefined } {
  const blank = lines.indexOf('');
  const head = blank < 0 ? lines : lines.slice(0, blank);
  const body =
    blank < 0
      ? ''
      : lines
          .slice(blank + 1)
          .join('\n')
          .replace(/\n+$/, '');
  const headers = head.map((line): Header => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]);
  return { headers, body: body === '' ? undefined : body };
}
