/** A server of the simulation. */
export interface SimServer {
  /** `b1`, `b2` in the order of the configuration. */
  readonly label: string;
  readonly name: string;
  readonly upstream: string | null;
  /** `lb.conf:2` */
  readonly place: string;
  /** Requests that a balancer gave it. */
  readonly asked: number;
  /** Answers of it that were passed on. */
  readonly answered: number;
  /** Attempts that failed. */
  readonly failed: number;
}

/** A part of the time. */
export interface SimWindow {
  /** Milliseconds from the start. */
  readonly from: number;
  readonly to: number;
  /** How often clients saw each status, by the time at which they had asked; `0` is a connection without an answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How often each server was asked, by label. */
  readonly asked: Readonly<Record<string, number>>;
  /** Milliseconds that the slowest answer took. */
  readonly slowest: number;
}

/** Something that happened, and the line of the configuration that is the reason. */
export interface SimHappening {
  /** Milliseconds from the start. */
  readonly at: number;
  readonly what: string;
  readonly place: string | null;
}

/** What a simulation has shown. */
export interface SimReport {
  readonly url: string;
  readonly rps: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly clients: number;
  readonly workers: number;
  /** What the workers share, and what not; empty for one worker. */
  readonly aboutWorkers: string;
  readonly servers: readonly SimServer[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly windows: readonly SimWindow[];
  readonly happenings: readonly SimHappening[];
  /** Lines of the configuration that are known and not run. */
  readonly notRun: readonly string[];
}
