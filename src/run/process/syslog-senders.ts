import { type DatagramSender, openDatagrams } from '../../host/datagrams.ts';
import type { Host } from '../../host/host.ts';
import { inLowerCase } from '../../model/address.ts';
import type { SyslogTarget } from '../../schema/values/syslog.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Messages to syslog servers (RFC 3164, over UDP), one socket for each. */
export class SyslogSenders {
  readonly #host: Host;
  readonly #open = new Map<string, DatagramSender>();

  constructor(host: Host) {
    this.#host = host;
  }

  send(target: SyslogTarget, severity: number, text: string): void {
    const { host, port } = target.server;
    const key = `${host}:${port}`;
    let sender = this.#open.get(key);
    if (!sender) this.#open.set(key, (sender = openDatagrams(host.replace(/^\[(.*)\]$/, '$1'), port)));
    sender.send(Buffer.from(this.#header(target, severity) + text, 'latin1'));
  }

  // ngx_syslog_add_header
  #header({ facility, tag, nohostname }: SyslogTarget, severity: number): string {
    const date = new Date(this.#host.clock.now());
    const two = (number: number) => String(number).padStart(2, '0');
    const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
    const time = `${months[date.getMonth()]} ${String(date.getDate()).padStart(2)} ${clock}`;
    const place = nohostname ? '' : ` ${inLowerCase(this.#host.hostname)}`;
    return `<${facility * 8 + severity}>${time}${place} ${tag}: `;
  }
}
