import { entriesOf } from '../../../model/lookup.ts';
import { replace } from '../../insert.ts';
import { likelyParameter } from '../../parameter-words.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const invalidArgumentValue = defineRule({
  id: 'invalid-argument-value',
  category: 'correctness',
  severity: 'error',
  summary: 'a value that the directive cannot read: a flag, a size, a time, a word',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/syntax.html'],
  madeIn: 'model',
  advise: ({ word, span, nginx, directive: { name } }) => {
    const instead = rewritten(word, nginx, name);
    if (instead === undefined) {
      const near = likelyParameter(name, word);
      return near === undefined ? undefined : { help: `did you mean "${near}"?` };
    }
    return {
      help: `write ${instead}`,
      fix: { title: `write "${instead}"`, safety: 'safe', edits: [replace(span, instead)] },
    };
  },
});

/** Units and flags that nginx spells otherwise, where only one thing can be meant; undefined for all others. */
function rewritten(word: string, nginx: string, name: string): string | undefined {
  if (nginx.includes('must be "on" or "off"')) return flags[word.toLowerCase()];
  const [, number, unit = ''] = /^(\d+)([a-zA-Z]+)$/.exec(word) ?? [];
  const short = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  if (number === undefined || short === undefined) return undefined;
  const kinds = entriesOf(name).map(({ facts }) => facts.value?.kind);
  const wanted =
    'kmg'.includes(short) && unit.toLowerCase().endsWith('b') ? (short === 'g' ? ['offset'] : ['size', 'offset']) : ['time'];
  return kinds.some((kind) => kind !== undefined && wanted.includes(kind)) ? `${number}${short}` : undefined;
}

const flags: Readonly<Record<string, string>> = {
  true: 'on',
  yes: 'on',
  '1': 'on',
  enabled: 'on',
  false: 'off',
  no: 'off',
  '0': 'off',
  disabled: 'off',
};

const units: Readonly<Record<string, string>> = {
  kb: 'k',
  mb: 'm',
  gb: 'g',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  sec: 's',
  secs: 's',
  seconds: 's',
  second: 's',
  hours: 'h',
  hour: 'h',
  days: 'd',
  day: 'd',
};
