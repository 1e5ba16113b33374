import { bytesOf } from '../../base/source-text.ts';

import * as say from '../../diagnostics/nginx-messages.ts';
import { diskFiles } from '../../host/files.ts';
import { printed } from '../../model/check/finding.ts';
import { nginxTest, type Verdict } from '../../model/check/nginx-test.ts';
import { targetsOf } from '../../model/check/target-options.ts';
import { failed } from '../exit-codes.ts';
import { hostAnswers } from '../host-answers.ts';
import { type Pace, paced, worthSparing } from '../pace.ts';
import type { Streams } from '../streams.ts';
import { nginxOptionsOf } from './nginx-options.ts';
import { configurationOf, prefixOf } from './nginx-paths.ts';

/** nginx exits so when the test fails, and when it does not know an option. */
const refused = 1;

/** `nginxrun -t [-c FILE] [-p PREFIX] [-g DIRECTIVES] [-q] [-T]`: nginx's own lines, and its exit code. */
export async function nginxTestCommand(argv: readonly string[], streams: Streams): Promise<number> {
  const options = nginxOptionsOf(argv);
  if (typeof options === 'string') return complain(streams, options, refused);
  const { nginxVersion, flavor, modules, quiet, dump } = options;
  const targets = targetsOf({
    ...(nginxVersion === undefined ? {} : { nginxVersion }),
    ...(flavor === undefined ? {} : { flavor }),
    ...(modules === undefined ? {} : { modules }),
  });
  if ('error' in targets) return complain(streams, `nginxrun: ${targets.error}`, failed);
  const path = configurationOf(options, streams.cwd());
  for (const target of targets) {
    const label = targets.length > 1 ? ` (nginx ${target.nginxVersion})` : '';
    const question = {
      path,
      target,
      loader: diskFiles(streams.cwd()),
      prefix: prefixOf(options),
      ...(options.globals === undefined ? {} : { globals: bytesOf(options.globals) }),
    };
    const host = await hostAnswers(options, streams, (host) => nginxTest({ ...question, host }));
    const { loader, end } = paced(question.loader, pace);
    const verdict = nginxTest({ ...question, host, loader });
    end();
    print(verdict, path, quiet, label, streams);
    if (verdict.stop) return refused;
    if (dump && target === targets.at(-1)) dumpFiles(verdict, streams);
  }
  return 0;
}

const tooMuchToSpare = 1 << 21;

/** Some hundred kilobytes are judged before optimized code, or marking beside the work, would pay. */
const pace: Pace = {
  isSparing: (bytes) => bytes > worthSparing && bytes < tooMuchToSpare,
  spare: ['--no-opt', '--no-incremental-marking'],
  restore: ['--opt', '--incremental-marking'],
};

function complain({ stderr }: Streams, line: string, code: number): number {
  stderr.write(`${line}\n`);
  return code;
}

function print({ said, stop, whileReading }: Verdict, path: string, quiet: boolean, label: string, { stderr }: Streams): void {
  const write = (line: string): unknown => stderr.write(Buffer.from(`${line}\n`, 'latin1'));
  for (const finding of said.slice(0, whileReading)) write(printed(finding) + label);
  const isRead = !stop || said.indexOf(stop) >= whileReading;
  if (isRead && !quiet) write(say.syntaxIsOk(path) + label);
  for (const finding of said.slice(whileReading)) write(printed(finding) + label);
  if (stop) write(say.testFailed(path));
  else if (!quiet) write(say.testIsSuccessful(path) + label);
}

/** What `nginx -T` prints: each file under its name, once. */
function dumpFiles({ files }: Verdict, { stdout }: Streams): void {
  for (const { name, text } of files) stdout.write(Buffer.from(`# configuration file ${name}:\n${text}\n`, 'latin1'));
}
