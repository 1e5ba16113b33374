import { failed } from './exit-codes.ts';
import type { Streams } from './streams.ts';

/** A command: arguments without the interpreter's and its own name; resolves to the exit code. */
export type Main = (argv: readonly string[], streams: Streams) => Promise<number>;

/**
 * Runs a command on this process. The exit code is set rather than forced, so that pipes drain and servers keep
 * running; a reader that went away (`nginxlint … | head`) ends us in silence, as it ends any other tool.
 */
export function start(main: Main): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  main(process.argv.slice(2), process).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.exitCode = failed;
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    },
  );
}
