import {
  type DnsHeader,
  type DnsQuestion,
  type DnsRecord,
  eachRecord,
  readAddress,
  readService,
  recordTypes,
  type ServiceRecord,
} from '../codec/dns.ts';

/** What an answer's records say. */
export interface AnswerRecords {
  readonly addresses: readonly string[];
  /** By priority; equals in the order of the answer. */
  readonly services: readonly ServiceRecord[];
  /** Where the name of the last CNAME stands; -1 for none. */
  readonly alias: number;
}

/** Reads the records of an answer, or says why it is thrown away; the smallest TTL goes into `lowest`. */
export function readRecords(
  message: Buffer,
  { answers }: DnsHeader,
  asked: DnsQuestion,
  lowest: { ttl: number },
  complain: (line: string) => void,
): AnswerRecords | string {
  const addresses: string[] = [];
  const services: ServiceRecord[] = [];
  let alias = -1;
  const visit = (record: DnsRecord): string | null => {
    if (record.class !== 1) return `unexpected RR class ${record.class} in DNS response`;
    lowest.ttl = Math.min(lowest.ttl, record.ttl);
    const { type, at } = record;
    if (type === recordTypes.cname) alias = at;
    else if (type === recordTypes.srv && asked.type === recordTypes.srv) {
      const service = readService(message, record);
      if (typeof service === 'string') return service;
      services.push(service);
    } else if (isAddress(type) && asked.type !== recordTypes.srv) {
      if (type !== asked.type) return `unexpected ${type === recordTypes.a ? 'A' : 'AAAA'} record in DNS response`;
      const address = readAddress(message, record);
      if ('problem' in address) return address.problem;
      addresses.push(address.host);
    } else if (type !== recordTypes.dname) complain(`unexpected RR type ${type} in DNS response`);
    return null;
  };
  const problem = eachRecord(message, asked.end, answers, visit);
  if (problem !== null) return problem;
  services.sort((one, two) => one.priority - two.priority);
  return { addresses, services, alias };
}

function isAddress(type: number): boolean {
  return type === recordTypes.a || type === recordTypes.aaaa;
}
