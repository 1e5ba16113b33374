import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { parseFile } from '../../src/syntax/build.ts';
import { nginxVerdict } from '../../src/syntax/verdict.ts';
import { askNginx, scratch } from '../support/ask-nginx.ts';
import { describeWith } from '../support/real.ts';

/*
 * nginx shows how it cuts a word when it complains about it: `use` in `events` echoes its one argument, a wrong
 * count of arguments and everything that the reader itself refuses have messages of their own.
 */
const around = (words: string) => `events { use ${words}`;

/** nginx's first complaint, as `message:line`. */
async function nginxSays(nginx: string, texts: readonly string[]): Promise<string[]> {
  const { lines } = await askNginx(nginx, texts.map(around), scratch());
  return lines.map((each) => {
    const line = each.find((text) => text.includes('[emerg]')) ?? '';
    return line.replace(/^.*?\[emerg\] (?:\d+#\d+: )?/s, '').replace(/ in \S+:(\d+)$/, ':$1');
  });
}

/** The same from our reading: the verdict on structure, else the value of the one argument. */
function weSay(words: string): string {
  const source = sourceText('n.conf', around(words));
  const verdict = nginxVerdict(source, vocabulary);
  const { value } = parseFile(source, vocabulary);
  const use = value.directives[0]?.block?.directives[0];
  const before = verdict ? source.text.split('\n').slice(0, verdict.line).join('\n') : source.text;
  // nginx complains about the value as soon as the statement is read: before anything that comes behind it.
  const ended = use && use.terminator >= 0 && use.args.length === 1 && use.name.value === 'use' && use.block === null;
  if (ended && isReadFirst(source.text, use.terminator, words)) {
    const line = source.text.slice(0, use.terminator).split('\n').length;
    return `invalid event type "${cString(use.args[0]?.value ?? '')}":${line}`;
  }
  return verdict ? `${verdict.message}:${verdict.line}` : before && '';
}

/** Whether nginx reaches the terminator without a complaint: the text up to there alone is well formed. */
function isReadFirst(text: string, terminator: number, words: string): boolean {
  const upTo = sourceText('n.conf', `${text.slice(0, terminator + 1)} }`);
  return words !== '' && nginxVerdict(upTo, vocabulary) === null;
}

/** nginx cuts its messages at 2,048 bytes, and a line end in a value ends the line. */
function shown(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 700);
}

function cString(value: string): string {
  const end = value.indexOf('\0');
  return end < 0 ? value : value.slice(0, end);
}

const odd = [
  'a;',
  'a b;',
  '"a";',
  "'a';",
  '"a"b;',
  '"a"#b\n;',
  '"a"}',
  '"a");',
  '"a" );',
  'a}b;',
  'a#b;',
  'a"b;',
  '#x\na;',
  'a # x;\n;',
  '${a};',
  '${{a;',
  '$a{',
  'a{',
  '{',
  ';',
  '}',
  '"a\\"b";',
  "'a\\'b';",
  'a\\;b;',
  'a\\ b;',
  '\\a;',
  'a\\tb;',
  '"\\n";',
  'a\\\\;',
  '"a\n b";',
  'a\n\n;',
  '\na',
  '"a',
  "'a",
  'a\\',
  '"a\\',
  '\xef\xbb\xbfa;',
  'a\x0bb;',
  'a\x0cb;',
  'a\rb;',
  'a\r\n;',
  '"";',
  "'';",
  '"" "";',
  '$;',
  '$$;',
  '"$";',
  'a$\\{b;',
  '\\{;',
  '"{";',
  '"a"\tb;',
  '"a"\r\n;',
  ')a;',
  '"a")b;',
  'a\n}',
  'a;}',
  'a;}}',
  'a;;',
];

const pieces = fc
  .array(fc.constantFrom('a', 'b', ' ', '\n', '\t', '\r', ';', '{', '}', '"', "'", '\\', '#', '$', '${', ')', 'n', 't', '\xff'), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

const long = [4090, 4093, 4094, 4095, 4096, 4100].flatMap((length) => {
  const word = 'a'.repeat(length);
  return [
    `${word};`,
    `${word} ;`,
    `"${word}";`,
    `"${word}" ;`,
    `"${word}");`,
    `#${word}\na;`,
    `#${word}`,
    `"${word}`,
    word,
    `${word}{`,
    `#${word}\r\na;`,
    `\\"${word};`,
  ];
});

describeWith('nginx', 'words are cut as nginx cuts them', (nginx) => {
  const compare = async (texts: readonly string[]) => {
    const says = await nginxSays(nginx, texts);
    const differences = texts.flatMap((text, index) =>
      shown(says[index] ?? '') === shown(weSay(text)) ? [] : [{ text: text.slice(0, 80), nginx: says[index], we: weSay(text) }],
    );
    expect(differences).toEqual([]);
  };

  test('odd words', () => compare(odd));
  test('words and comments about as long as the buffer', () => compare(long));
  test('words by chance', () => compare(fc.sample(pieces, { numRuns: 400, seed: 20 })), 60_000);
});
