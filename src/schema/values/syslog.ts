import { parseUrl, type Url } from './grammar/url.ts';

/** What `facility=` may say; the place in the list is its number (RFC 3164, section 4.1.1, with nginx's names). */
export const facilities: readonly string[] =
  'kern user mail daemon auth intern lpr news uucp clock authpriv ftp ntp audit alert cron local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );

/** The levels of the error log and the severities of syslog; the place in the list is the number of both. */
export const severities: readonly string[] = 'emerg alert crit error warn notice info debug'.split(' ');

/** Where `syslog:server=…` sends messages, and what stands before them. */
export interface SyslogTarget {
  readonly server: Url;
  readonly facility: number;
  /** Of lines of an access log; those of the error log have their own. */
  readonly severity: number;
  readonly tag: string;
  readonly nohostname: boolean;
}

/** Reads `syslog:…` (ngx_syslog_process_conf), of which src/model/check has said what is wrong; undefined for another word. */
export function readSyslog(word: string): SyslogTarget | undefined {
  if (!word.startsWith('syslog:')) return undefined;
  const parts = word.slice('syslog:'.length).split(',');
  const said = (name: string) => parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  return {
    server: parseUrl(said('server') ?? '', { defaultPort: 514 }),
    facility: facilities.indexOf(said('facility') ?? 'local7'),
    severity: severities.indexOf(said('severity') ?? 'info'),
    tag: said('tag') ?? 'nginx',
    nohostname: parts.includes('nohostname'),
  };
}

/** Why messages do not reach a server; undefined when they do. `isSpoken`: this run speaks syslog at all. */
export function whyNoSyslog({ server }: SyslogTarget, isSpoken: boolean): string | undefined {
  if (!isSpoken) return 'syslog is not spoken';
  return server.family === 'unix' ? 'datagrams to a unix socket cannot be sent' : undefined;
}
