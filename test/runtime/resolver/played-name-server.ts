import type { MemoryHost } from '../../../src/host/memory.ts';

/** What a record says: `A 10.0.0.7`, `AAAA 2001:db8::7`, `CNAME other.name`, `SRV 1 5 8080 host.name`. */
export type RecordText = string;

const types: Readonly<Record<string, number>> = { A: 1, CNAME: 5, AAAA: 28, SRV: 33 };

/** Whether to answer as one does, not at all, with an error's code, or without bytes that UDP cannot carry. */
type Manner = 'well' | 'never' | 'truncated' | number;

/** A name server on a machine in memory. */
export class PlayedNameServer {
  readonly records = new Map<string, readonly RecordText[]>();
  /** `A name`, oldest first; those over TCP say so. */
  readonly asked: string[] = [];
  ttl = 60;
  manner: Manner = 'well';
  /** Changes an answer before it is sent. */
  spoil: (answer: Buffer) => Buffer = (answer) => answer;

  constructor(host: MemoryHost, address = '127.0.0.1:53') {
    host.network.answerDatagrams(address, (query, reply) => {
      const answer = this.answer(query, false);
      if (answer) reply(this.spoil(answer));
    });
    const [ip = '', port = ''] = address.split(':');
    void host.network.listen({ kind: 'ip', host: ip, port: Number(port) }, (socket) => {
      socket.handler = {
        data: (chunk) => {
          const answer = this.answer(chunk.subarray(2), true);
          if (answer) socket.writeAll([Buffer.of(answer.length >> 8, answer.length & 255), answer]);
        },
        end: () => socket.end(),
        closed() {},
      };
    });
  }

  set(name: string, ...records: RecordText[]): void {
    this.records.set(name, records);
  }

  private answer(query: Buffer, overTcp: boolean): Buffer | null {
    const labels: string[] = [];
    let at = 12;
    for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + size));
      at += 1 + size;
    }
    const name = labels.join('.');
    const type = query.readUInt16BE(at + 1);
    this.asked.push(`${Object.keys(types).find((word) => types[word] === type)} ${name}${overTcp ? ' TCP' : ''}`);
    const { manner } = this;
    if (manner === 'never') return null;
    const all = this.records.get(name);
    const truncated = manner === 'truncated' && !overTcp;
    const code = typeof manner === 'number' ? manner : all ? 0 : 3;
    const wanted = (all ?? []).filter((text) => [type, 5].includes(types[text.split(' ')[0] ?? ''] ?? 0));
    const answers = truncated || code > 0 ? [] : wanted.map((text) => this.record(text));
    const head = Buffer.from(query.subarray(0, 12));
    head[2] = truncated ? 0x83 : 0x81;
    head[3] = 0x80 | code;
    head.writeUInt16BE(answers.length, 6);
    return Buffer.concat([head, query.subarray(12, at + 5), ...answers]);
  }

  /** The name is a pointer to the question. */
  private record(text: RecordText): Buffer {
    const [word = '', ...rest] = text.split(' ');
    const data = dataOf(word, rest);
    const head = Buffer.from([0xc0, 12, 0, types[word] ?? 0, 0, 1, 0, 0, 0, 0, 0, data.length]);
    head.writeUInt32BE(this.ttl, 6);
    return Buffer.concat([head, data]);
  }
}

function dataOf(word: string, [first = '', weight = '', port = '', target = '']: readonly string[]): Buffer {
  if (word === 'A') return Buffer.from(first.split('.').map(Number));
  if (word === 'CNAME') return nameBytes(first);
  if (word === 'SRV') {
    const numbers = Buffer.alloc(6);
    for (const [i, number] of [first, weight, port].entries()) numbers.writeUInt16BE(Number(number), 2 * i);
    return Buffer.concat([numbers, nameBytes(target)]);
  }
  const [head = '', tail = ''] = first.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const zeros = Array<number>(8 - groups(head).length - groups(tail).length).fill(0);
  return Buffer.from([...groups(head), ...zeros, ...groups(tail)].flatMap((group) => [group >> 8, group & 255]));
}

/** A name in labels (RFC 1035 section 3.1). */
export function nameBytes(name: string): Buffer {
  return Buffer.from(
    `${name
      .split('.')
      .map((label) => String.fromCharCode(label.length) + label)
      .join('')}\0`,
    'latin1',
  );
}
