/** A URI that somebody else than the client's request line names, decoded. */
export interface GivenUri {
  readonly uri: string;
  readonly args: string;
  /** It is empty, or leads up, or has a zero byte: not to be used. */
  readonly unsafe: boolean;
}

/** Cuts arguments off a URI and undoes its escapes (ngx_http_parse_unsafe_uri). */
export function readUri(value: string): GivenUri {
  const question = value.indexOf('?');
  const raw = question < 0 ? value : value.slice(0, question);
  const args = question < 0 ? '' : value.slice(question + 1);
  const uri = raw.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const unsafe = uri === '' || uri.includes('\0') || /(^|\/)\.\.(\/|$)/.test(uri);
  return { uri, args, unsafe };
}
