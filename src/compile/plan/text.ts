import type { Plan, PlannedBlock, PlannedListener, PlannedName, PlannedPeer, PlannedSetting, PlannedUpstream } from './plan.ts';

/** A plan for people. What a block inherits has the place where it is written behind it. */
export function planAsText({ listeners, servers, stream, upstreams }: Plan): string {
  const parts = [
    ...listeners.map(listener),
    ...servers.map((server) => block(server, '')),
    ...stream.map((server) => block({ ...server, text: 'stream server' }, '')),
    ...upstreams.map(upstream),
  ];
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function listener({ address, tls, defaultServer, names }: PlannedListener): readonly string[] {
  const table = (title: string, entries: readonly PlannedName[]) =>
    entries.length === 0
      ? []
      : [
          `  ${title}`,
          ...columns(
            entries.map(({ name, at }) => [name, at]),
            '    ',
          ),
        ];
  return [
    `listen ${address}${tls ? ' (TLS)' : ''}: ${defaultServer === '' ? 'one server' : defaultServer} where no name fits`,
    ...table('names', names.exact),
    ...table('wildcards in front', names.leading),
    ...table('wildcards behind', names.trailing),
    ...table('patterns', names.regex),
  ];
}

function block({ text, at, settings, inside }: PlannedBlock, indent: string): readonly string[] {
  return [
    `${indent}${text}${at === '' ? '' : `  # ${at}`}`,
    ...settingLines(settings, `${indent}  `),
    ...inside.flatMap((one) => block(one, `${indent}  `)),
  ];
}

function settingLines(settings: readonly PlannedSetting[], indent: string): readonly string[] {
  return columns(
    settings.map(({ text, at, inherited }) => [text, inherited ? `# from ${at}` : `# ${at}`]),
    indent,
  );
}

function upstream({ name, in: kind, method, settings, peers, at }: PlannedUpstream): readonly string[] {
  return [
    `upstream ${name}${kind === 'stream' ? ' (stream)' : ''}: ${method}  # ${at}`,
    ...settingLines(settings, '  '),
    ...columns(
      peers.map((peer) => [peer.address, parametersOf(peer), `# ${peer.at}`]),
      '  ',
    ),
  ];
}

function parametersOf({ weight, maxFails, failTimeout, maxConns, backup, down }: PlannedPeer): string {
  const limit = maxConns > 0 ? ` max_conns=${maxConns}` : '';
  return `weight=${weight} max_fails=${maxFails} fail_timeout=${failTimeout}s${limit}${backup ? ' backup' : ''}${down ? ' down' : ''}`;
}

/** Settings longer than this do not move the column of all others. */
const widest = 60;

function columns(rows: readonly (readonly string[])[], indent: string): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, Math.min(cell.length, widest));
  return rows.map((row) => `${indent}${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}
