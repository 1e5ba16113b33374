import { isV6, type KeepalivedOptions } from './job.ts';

/** What has to be done besides, as comments: on the director, and a script for each real server. */
export function sideNotes({ kind, vips }: KeepalivedOptions, servers: readonly string[]): readonly string[] {
  const notes = { nat: natNotes, dr: drNotes, tun: tunNotes }[kind](vips, servers);
  return notes.map((line) => (line === '' ? '#' : `# ${line}`));
}

function natNotes(_: readonly string[], servers: readonly string[]): readonly string[] {
  return [
    'NAT: answers must come back through the director. On the director:',
    '  sysctl -w net.ipv4.ip_forward=1',
    `On each real server (${servers.join(', ')}):`,
    '  ip route replace default via ADDRESS-OF-THE-DIRECTOR',
  ];
}

function drNotes(vips: readonly string[], servers: readonly string[]): readonly string[] {
  return [
    'DR: the real servers are on the same network as the director, and answer clients themselves.',
    `On each real server (${servers.join(', ')}):`,
    ...onLoopback(vips, 'lo'),
  ];
}

function tunNotes(vips: readonly string[], servers: readonly string[]): readonly string[] {
  return [
    'TUN: packets reach the real servers in IPIP, and they answer clients themselves.',
    `On each real server (${servers.join(', ')}):`,
    '  modprobe ipip',
    '  ip link set tunl0 up',
    '  sysctl -w net.ipv4.conf.tunl0.rp_filter=0',
    ...onLoopback(vips, 'tunl0'),
  ];
}

/** The address is there, but nobody hears of it: ARP is the director's to answer. */
function onLoopback(vips: readonly string[], device: string): readonly string[] {
  return [
    '  sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2',
    `  sysctl -w net.ipv4.conf.${device}.arp_ignore=1 net.ipv4.conf.${device}.arp_announce=2`,
    ...vips.map((vip) => `  ip addr add ${vip}/${isV6(vip) ? 128 : 32} dev ${device}`),
  ];
}
