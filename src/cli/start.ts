import { failed } from './exit-codes.ts';
import type { Output, Streams } from './streams.ts';

/** A command: arguments without the interpreter's and its own name; resolves to the exit code. */
export type Main = (argv: readonly string[], streams: Streams) => Promise<number>;

/**
 * Runs a command on this process. The exit code is set rather than forced, so that pipes drain and servers keep
 * running; a reader that went away (`nginxlint … | head`) ends us in silence, as it ends any other tool.
 */
export function start(main: Main): void {
  main(process.argv.slice(2), new ProcessStreams()).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.exitCode = failed;
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    },
  );
}

/** The process's own streams, each made when it is used first: making one takes 2 ms. */
class ProcessStreams implements Streams {
  #stdout: Output | undefined;
  #stderr: Output | undefined;
  readonly env = process.env;

  get stdin(): Streams['stdin'] {
    return process.stdin;
  }

  get stdout(): Output {
    this.#stdout ??= untilGone(process.stdout);
    return this.#stdout;
  }

  get stderr(): Output {
    this.#stderr ??= untilGone(process.stderr);
    return this.#stderr;
  }

  cwd(): string {
    return process.cwd();
  }
}

function untilGone(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  return stream;
}
