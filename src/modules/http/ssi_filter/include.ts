import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { readUri } from '../../../runtime/http/unsafe-uri.ts';
import type { Block, Page } from './page.ts';
import { evaluatedUri } from './text.ts';

/** The parameters of `include`. */
export interface IncludeParameters {
  readonly virtual?: string;
  readonly file?: string;
  readonly wait?: string;
  readonly set?: string;
  readonly stub?: string;
}

/** Makes a subrequest whose output stands here (ngx_http_ssi_include): true, `wait` for its end first, or false, and logged. */
export function include(page: Page, given: IncludeParameters): boolean | 'wait' {
  const { virtual, file = '', set, stub } = given;
  const waits = waitsFor(page, given);
  if (waits === undefined) return false;
  const whole = evaluatedUri(page, virtual ?? file);
  if (whole === undefined) return false;
  const { uri, args, unsafe } = readUri(whole);
  if (unsafe) return page.log(`unsafe URI "${whole}" was detected`);
  const block = stub === undefined ? undefined : page.shared.blocks.find(({ name }) => name === stub);
  if (stub !== undefined && !block) return page.log(`"stub"="${stub}" for "include" not found`);
  if (set !== undefined && page.own(set.toLowerCase()) === undefined) page.set(set, '');
  const made = page.r.subrequest(uri, {
    args,
    inMemory: set !== undefined,
    ...(block && { finalized: (sr, status) => writeStub(page.r, sr as RequestState, block, status) }),
    ...(set !== undefined && { done: (sr) => keep(page, set, sr) }),
  });
  if (!made) return false;
  return waits || set !== undefined ? 'wait' : true;
}

/** Whether the page goes on behind the subrequest only; undefined, and logged, when the parameters do not fit. */
function waitsFor(page: Page, { virtual, file, wait, set, stub }: IncludeParameters): boolean | undefined {
  let problem = '';
  if (virtual !== undefined && file !== undefined) problem = `inclusion may be either virtual="${virtual}" or file="${file}"`;
  else if (virtual === undefined && file === undefined) problem = 'no parameter in "include" SSI command';
  else if (set !== undefined && stub !== undefined) problem = '"set" and "stub" cannot be used together in "include" SSI command';
  else if (wait !== undefined && virtual === undefined) problem = `"wait" cannot be used with file="${file}"`;
  else if (wait !== undefined && !/^(?:yes|no)$/i.test(wait)) problem = `invalid value "${wait}" in the "wait" parameter`;
  if (problem === '') return virtual === undefined || wait?.toLowerCase() === 'yes';
  page.log(problem);
  return undefined;
}

// ngx_http_ssi_stub_output
function writeStub(parent: RequestState, sr: RequestState, { pieces }: Block, status: number): number {
  if (sr.wrote) return status;
  if (!sr.headerSent) {
    sr.headersOut.contentType = parent.headersOut.contentType;
    sr.sendHeader();
  }
  for (const piece of pieces) sr.write(piece);
  return 0;
}

// ngx_http_ssi_set_variable
function keep(page: Page, name: string, sr: Request): void {
  if (sr.status < 300 && sr.collected) page.set(name, sr.collected.toString('latin1'));
}
