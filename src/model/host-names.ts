import { isIp, isSingleLabel, isUnix } from './address.ts';

/** What a host in a configuration is: an address, this machine, a name of the inside, of a provider that moves it, of anybody. */
export type HostKind = 'address' | 'local' | 'single' | 'internal' | 'cloud' | 'public';

/** Ends of names that are only known inside: their addresses seldom change, or are virtual ones that stay. */
export const internalSuffixes = ['local', 'internal', 'lan', 'test', 'localdomain', 'home.arpa', 'intranet', 'corp', 'private'];

/** Providers behind whose names addresses come and go: load balancers, content networks, platforms. */
const clouds = [
  'amazonaws.com',
  'cloudfront.net',
  'azure.com',
  'azurewebsites.net',
  'azureedge.net',
  'azurefd.net',
  'windows.net',
  'googleapis.com',
  'appspot.com',
  'run.app',
  'web.app',
  'firebaseapp.com',
  'herokuapp.com',
  'vercel.app',
  'netlify.app',
  'fly.dev',
  'onrender.com',
  'railway.app',
  'ondigitalocean.app',
  'digitaloceanspaces.com',
  'fastly.net',
  'akamaized.net',
  'edgekey.net',
  'workers.dev',
  'pages.dev',
  'b-cdn.net',
  'aliyuncs.com',
  'myqcloud.com',
  'supabase.co',
];

/** Tells hosts apart by their names alone; `internal` is a list of ends of names. */
export function kindOfHost(host: string, internal: readonly string[] = internalSuffixes): HostKind {
  if (isIp(host) || isUnix(host)) return 'address';
  if (host === 'localhost' || host.endsWith('.localhost')) return 'local';
  if (isSingleLabel(host)) return 'single';
  if (internal.some((suffix) => host.endsWith(`.${suffix.replace(/^\./, '')}`))) return 'internal';
  return clouds.some((suffix) => host.endsWith(`.${suffix}`)) ? 'cloud' : 'public';
}
