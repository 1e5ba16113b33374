import type { BodyFilter, BodyOutlet } from '../../../runtime/hooks.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { type Command, commands } from './commands.ts';
import { Page } from './page.ts';
import { CommandScanner } from './scanner.ts';

/** The settings of a block that the filter asks. */
export interface SsiSettings {
  readonly silentErrors: boolean;
  readonly valueLength: number;
}

const mostParameters = 16;
const nothing: Buffer = Buffer.alloc(0);

/** Runs the commands in a body (ngx_http_ssi_body_filter). */
export class SsiFilter implements BodyFilter {
  waits = false;
  readonly page: Page;
  private readonly scanner: CommandScanner;
  private readonly silentErrors: boolean;
  /** What was given and not read yet; the first from `at` on. */
  private readonly given: Buffer[] = [];
  private at = 0;
  private isLast = false;
  /** What goes on to the next filter together. */
  private pieces: Buffer[] = [];

  constructor(r: RequestState, { silentErrors, valueLength }: SsiSettings) {
    this.page = new Page(r, (text) => this.pieces.push(Buffer.from(text, 'latin1')));
    this.scanner = new CommandScanner(valueLength, (problem) => this.page.log(problem));
    this.silentErrors = silentErrors;
  }

  take(chunk: Buffer, last: boolean, out: BodyOutlet): void {
    this.given.push(chunk);
    this.isLast = last;
    if (!this.waits) this.run(out);
  }

  resume(out: BodyOutlet): void {
    this.waits = false;
    this.run(out);
  }

  private run(out: BodyOutlet): void {
    for (let chunk = this.given[0]; chunk; chunk = this.given[0]) {
      const { at, found } = this.scanner.scan(chunk, this.at, this.keepText);
      this.at = at;
      if (found === 'nothing') {
        this.given.shift();
        this.at = 0;
        continue;
      }
      this.waits = found === 'command' ? this.command(out) : this.failed();
      if (this.waits) return;
    }
    this.send(out, this.isLast);
  }

  private send(out: BodyOutlet, last: boolean): void {
    const { pieces } = this;
    if (pieces.length === 0 && !last) return;
    this.pieces = [];
    out(pieces.length > 1 ? Buffer.concat(pieces) : (pieces[0] ?? nothing), last);
  }

  private readonly keepText = (bytes: Buffer): void => {
    const { shown, inBlock, shared } = this.page;
    if (shown) this.pieces.push(bytes);
    else if (inBlock) shared.blocks.at(-1)?.pieces.push(Buffer.from(bytes));
  };

  /** Runs the command that was found; true when the rest has to wait. */
  private command(out: BodyOutlet): boolean {
    const { page, scanner } = this;
    const name = scanner.command;
    const command = commands.get(name);
    if (!command) {
      if (!page.shown) return false;
      page.log(`invalid SSI command: "${name}"`);
      return this.failed();
    }
    if (!page.shown && !command.endsBlock) {
      if (page.inBlock) {
        this.keepCommand();
        return false;
      }
      if (!command.follows) return false;
    }
    const given = this.parametersFor(command);
    if (!given) return this.failed();
    if (name === 'include') this.send(out, false);
    const result = command.run(page, given);
    return result === false ? this.failed() : result === 'wait';
  }

  /** In a block commands stay text. */
  private keepCommand(): void {
    const { command, parameters } = this.scanner;
    const written = parameters.map(({ name, value }) => ` ${name}="${value}"`).join('');
    this.page.shared.blocks.at(-1)?.pieces.push(Buffer.from(`<!--#${command}${written} -->`, 'latin1'));
  }

  /** The parameters by name; undefined, and logged, when they are not right. */
  private parametersFor({ follows, parameters: known, mandatory = [] }: Command): Record<string, string> | undefined {
    const { page, scanner } = this;
    const { command, parameters } = scanner;
    const given: Record<string, string> = {};
    let problem = '';
    if (follows && !follows.includes(page.condition)) problem = `invalid context of SSI command: "${command}"`;
    else if (parameters.length > mostParameters) problem = `too many SSI command parameters: "${command}"`;
    else {
      for (const { name, value } of parameters) {
        if (!known.includes(name)) problem ||= `invalid parameter name: "${name}" in "${command}" SSI command`;
        else if (Object.hasOwn(given, name)) problem ||= `duplicate "${name}" parameter in "${command}" SSI command`;
        else given[name] = value;
      }
      const missing = mandatory.find((name) => !Object.hasOwn(given, name));
      if (missing !== undefined) problem ||= `mandatory "${missing}" parameter is absent in "${command}" SSI command`;
    }
    if (problem === '') return given;
    page.log(problem);
    return undefined;
  }

  private failed(): false {
    if (!this.silentErrors) this.page.write(this.page.errorMessage);
    return false;
  }
}
