import { replace } from '../../insert.ts';
import { defineRule, type Refusal } from '../../rule.ts';

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
  advise: ({ word, span, nginx }) => {
    const instead = rewritten(word, nginx);
    if (instead === undefined) return undefined;
    return {
      help: `write ${instead}`,
      fix: { title: `write "${instead}"`, safety: 'safe', edits: [replace(span, instead)] },
    };
  },
});

/** Units and flags that nginx spells otherwise, where only one thing can be meant; undefined for all others. */
function rewritten(word: string, nginx: string): Refusal['word'] | undefined {
  if (nginx.includes('must be "on" or "off"')) return flags[word.toLowerCase()];
  const [, number, unit = ''] = /^(\d+)([a-zA-Z]+)$/.exec(word) ?? [];
  const short = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  return number === undefined || short === undefined ? undefined : `${number}${short}`;
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
  sec: 's',
  secs: 's',
  seconds: 's',
  second: 's',
  hours: 'h',
  hour: 'h',
  days: 'd',
  day: 'd',
};
