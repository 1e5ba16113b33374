import type { Section } from './job.ts';

/** Sections as haproxy.cfg, in the order given. */
export function writeSections(sections: readonly Section[]): string {
  return sections
    .map(({ kind, name, lines }) =>
      [name === '' ? kind : `${kind} ${name}`, ...lines.map((line) => `    ${line}`), ''].join('\n'),
    )
    .join('\n');
}
