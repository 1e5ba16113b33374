import { bytesOf, display, sourceText } from '../../src/base/source-text.ts';
import { rememberingParser } from '../../src/check.ts';
import { leaves } from '../../src/syntax/walk.ts';

/** The text with other blanks between its pieces: none where none are needed, tabs, line ends. */
export function respaced(text: string, seed: number): string {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  const bytes = bytesOf(text);
  const pieces = leaves(rememberingParser()(sourceText('nginx.conf', bytes)).value);
  const spelled = pieces.map(({ kind, start, end }, index) => {
    if (kind !== 'blank') return display(bytes.slice(start, end));
    if (pieces[index - 1]?.kind === 'comment') return ['\n', '\n\n', '\n\t', '\n   \n\n'][random(4)];
    return [' ', '  ', '\t', '\n', ' \t ', '\n\n', '    ', '\n      '][random(8)];
  });
  return spelled.join('');
}
