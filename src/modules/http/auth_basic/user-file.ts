/** What a line of a user file says. */
interface Line {
  readonly user: string;
  readonly stored: string;
}

/** `user:password[:comment]`; lines that begin with `#` or have no colon say nothing (ngx_http_auth_basic_handler). */
export function* usersIn(text: string): Generator<Line> {
  for (const line of text.split('\n')) {
    const [user = '', stored] = line.split(':', 2);
    if (stored === undefined || line.startsWith('#') || line.startsWith('\r')) continue;
    yield { user, stored: stored.replace(/\r.*$/s, '') };
  }
}
