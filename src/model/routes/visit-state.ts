import { compileRegex } from '../../regex/native.ts';
import { partsOf } from '../../schema/values/script.ts';
import type { Use } from '../scope.ts';
import type { ListenGroup } from './listen-groups.ts';
import type { Site } from './sites.ts';

/** A GET request without fields but `Host`, without a body. */
export interface PlainRequest {
  readonly group: ListenGroup<Site>;
  readonly site: Site;
  readonly scheme: 'http' | 'https';
  /** Lower case, without a port. */
  readonly host: string;
  readonly port: number;
  /** Decoded and normalised; nothing in it needs an escape. */
  readonly uri: string;
  readonly args: string;
}

/** What a request has become on its way. */
export class VisitState {
  readonly request: PlainRequest;
  uri: string;
  args: string;
  captures: readonly (string | undefined)[] | null = null;
  /** Variables that were set; undefined for a value that is not known. */
  readonly values = new Map<string, string | undefined>();

  constructor(request: PlainRequest) {
    this.request = request;
    this.uri = request.uri;
    this.args = request.args;
  }

  /** The text with its variables replaced; undefined when one of them is not known before the request. */
  expand(text: string): string | undefined {
    const parts = partsOf(text);
    if (typeof parts === 'string') return undefined;
    let result = '';
    for (const part of parts) {
      const value =
        part.kind === 'literal'
          ? part.text
          : part.kind === 'capture'
            ? (this.captures?.[part.index] ?? '')
            : this.variable(part.name);
      if (value === undefined) return undefined;
      result += value;
    }
    return result;
  }

  /** Matches, and keeps what was captured (ngx_http_regex_exec); undefined when the pattern cannot be run here. */
  matches(pattern: string, caseless: boolean, subject: string): boolean | undefined {
    const compiled = compileRegex(pattern, { caseless });
    if (!('regexp' in compiled)) return undefined;
    this.captures = compiled.regexp.exec(subject);
    for (const [name, group] of this.captures ? compiled.names : [])
      this.values.set(name.toLowerCase(), this.captures?.[group] ?? '');
    return this.captures !== null;
  }

  private variable(name: string): string | undefined {
    if (this.values.has(name)) return this.values.get(name);
    const { scheme, host, port, uri, args, site } = this.request;
    switch (name) {
      case 'uri':
      case 'document_uri':
        return this.uri;
      case 'args':
      case 'query_string':
        return this.args;
      case 'is_args':
        return this.args === '' ? '' : '?';
      case 'request_uri':
        return args === '' ? uri : `${uri}?${args}`;
      case 'scheme':
        return scheme;
      case 'https':
        return scheme === 'https' ? 'on' : '';
      case 'host':
        return host;
      case 'http_host':
        return host + portBehind(scheme, port);
      case 'server_name':
        return (site.names[0] ?? '').replace(/^\./, '');
      case 'server_port':
        return String(port);
      case 'request_method':
        return 'GET';
      default:
        return name.startsWith('arg_') ? argument(this.args, name.slice(4)) : undefined;
    }
  }
}

/** `:8080` where the scheme has another port by default. */
export function portBehind(scheme: 'http' | 'https', port: number): string {
  return port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`;
}

function argument(args: string, name: string): string {
  const pair = args.split('&').find((one) => one.toLowerCase().startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}

/** Whether the condition of an `if` holds; undefined when that is not known (ngx_http_rewrite_if_condition). */
export function holds({ directive }: Use, state: VisitState): boolean | undefined {
  const text = directive.args.join(' ').replace(/^\(\s*|\s*\)$/g, '');
  const [left = '', operator, ...rest] = text.split(' ');
  const value = left.startsWith('$') ? state.expand(left) : undefined;
  if (value === undefined) return undefined;
  if (operator === undefined) return value !== '' && value !== '0';
  const right = rest.join(' ');
  if (operator === '=' || operator === '!=') {
    const other = state.expand(right);
    return other === undefined ? undefined : (value === other) === (operator === '=');
  }
  const matches = state.matches(right, operator.endsWith('*'), value);
  return matches === undefined ? undefined : matches !== operator.startsWith('!');
}
