import { trySessions } from '../../run/sessions/try-cures.ts';
import { ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';
import { sessionsAsText } from './sessions-text.ts';
import { type PlayOptions, paintFor, playCommand, runSubcommand } from './subcommand.ts';

interface SessionsOptions extends PlayOptions {
  readonly url?: string;
  readonly sessionCookie?: string;
}

/** `nginxrun sessions FILE`: plays logins, and tries what may keep them; 0 whatever comes of it, 2 when it cannot be run. */
export function sessionsCommand(argv: readonly string[], streams: Streams): Promise<number> {
  const command = playCommand(
    'sessions',
    'Plays logins at each balanced upstream, in memory, and tells what keeps them: ip_hash, hash, sticky, a shared store.',
    streams,
  )
    .option('--url <url>', 'where to log in, in place of what the configuration suggests')
    .option('--session-cookie <name>', 'the cookie that the played application sets (default: PHPSESSID)');
  return runSubcommand<SessionsOptions>(command, argv, streams, async (file, { json, url, sessionCookie, nginxVersion }) => {
    const trials = await trySessions(
      { file },
      { nginxVersion, ...(url !== undefined && { url }), ...(sessionCookie !== undefined && { cookie: sessionCookie }) },
    );
    streams.stdout.write(json ? `${JSON.stringify(trials, null, 2)}\n` : sessionsAsText(trials, paintFor(streams)));
    return ok;
  });
}
