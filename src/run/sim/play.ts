import type { RunningNginx } from '../options.ts';
import type { Observer } from './observer.ts';
import type { SimAction } from './script.ts';

/** How much is asked, and by whom. */
interface Load {
  readonly rps: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly url: string;
  readonly clients: number;
}

/** How long answers are waited for after the last request, in milliseconds. */
const patience = 600_000;

/** Asks at an even pace, and does to servers what the script says. */
export class Play {
  private waiting = 0;
  private readonly actions: SimAction[];

  constructor(
    private readonly ng: RunningNginx,
    private readonly observer: Observer,
    actions: readonly SimAction[],
  ) {
    this.actions = [...actions].sort((one, other) => one.at - other.at);
  }

  async go({ rps, duration, url, clients }: Load): Promise<void> {
    const { ng } = this;
    const total = Math.floor((rps * duration) / 1000);
    for (let sent = 0; sent < total; sent++) {
      await this.passTo((sent * 1000) / rps);
      this.ask(url, `10.${(sent % clients) >> 8}.${(sent % clients) & 255}.9`);
    }
    await this.passTo(duration);
    for (let waited = 0; this.waiting > 0 && waited < patience; waited += 1000) await ng.advance(1000);
  }

  /** Lets time pass to a moment, with everything that the script does until then. */
  private async passTo(moment: number): Promise<void> {
    const { ng, actions } = this;
    for (let next = actions[0]; next && next.at <= moment; next = actions[0]) {
      actions.shift();
      if (next.at > ng.elapsed) await ng.advance(next.at - ng.elapsed);
      await this.act(next);
    }
    if (moment > ng.elapsed) await ng.advance(moment - ng.elapsed);
  }

  private async act({ verb, server: { label, name } }: SimAction): Promise<void> {
    const backend = this.ng.backend(name);
    this.observer.happened(this.ng.elapsed, `${label} is ${verb === 'kill' ? 'killed' : 'started'}`);
    if (verb === 'kill') backend.down();
    else await backend.up();
  }

  private ask(url: string, ip: string): void {
    const from = this.ng.elapsed;
    const done = (status: number) => {
      this.waiting--;
      this.observer.answered(from, this.ng.elapsed, status);
    };
    this.waiting++;
    this.ng.fetch(url, { ip }).then(
      ({ status }) => done(status),
      () => done(0),
    );
  }
}
