import type { ConfigDirective } from '../../../config/config-tree.ts';
import { type Files, failed } from '../../../host/host.ts';
import { effective } from '../../../model/scope.ts';
import { handle, type PlanContext, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { basicCredentials } from '../../../runtime/http/basic-credentials.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { isDynamic } from '../../../schema/values/script.ts';
import { isComparable, isPassword } from './crypt.ts';
import { httpAuthBasic } from './directives.ts';
import { usersIn } from './user-file.ts';

/** `auth_basic`: a user and a password that a file has. */
export const authBasicHandler = handle(httpAuthBasic, {
  access({ realm, userFile }, at) {
    if (realm === undefined || realm === 'off' || userFile === undefined) return undefined;
    const script = at.script(realm);
    const file = at.script(userFile);
    const path: Script = (r) => at.fullName(file(r));
    const { files } = at.host;
    reportCrypt(userFile, files, at);
    return (r) => {
      const text = script(r);
      return text === 'off' ? 'declined' : check(r, text, path, files);
    };
  },
});

// ngx_http_auth_basic_handler
function check(r: Request, realm: string, pathOf: Script, files: Files): Verdict {
  const credentials = basicCredentials(r);
  if (!credentials) {
    r.log('info', 'no user/password was provided for basic authentication');
    return refuse(r, realm);
  }
  const path = pathOf(r);
  const content = files.read(path);
  if (failed(content)) {
    const isMissing = content.errno === 'ENOENT';
    r.log(isMissing ? 'error' : 'crit', `open() "${path}" failed (${systemErrorText(content)})`);
    return isMissing ? 403 : 500;
  }
  const { user, password } = credentials;
  for (const line of usersIn(content.toString('latin1'))) {
    if (line.user !== user) continue;
    const isRight = isPassword(password, line.stored);
    if (isRight) return 'ok';
    if (isRight === undefined) {
      r.log('crit', `the password of user "${user}" is kept in a way that is not run`);
      return 500;
    }
    r.log('error', `user "${user}": password mismatch`);
    return refuse(r, realm);
  }
  r.log('error', `user "${user}" was not found in "${path}"`);
  return refuse(r, realm);
}

// ngx_http_auth_basic_set_realm
function refuse(r: Request, realm: string): 401 {
  r.headersOut.list.push('WWW-Authenticate', `Basic realm="${realm}"`);
  return 401;
}

/** Says at start whose password cannot be compared, as far as the file is known then. */
function reportCrypt(userFile: string, files: Files, at: PlanContext): void {
  const directive: ConfigDirective | undefined = effective(at.scope, 'auth_basic_user_file')[0]?.directive;
  if (!directive || isDynamic(userFile)) return;
  const content = files.read(at.fullName(userFile));
  if (failed(content)) return;
  const unread = [...usersIn(content.toString('latin1'))].filter(({ stored }) => !isComparable(stored));
  if (unread.length > 0)
    at.notRun(directive, `passwords for crypt() are not compared: ${unread.map(({ user }) => user).join(', ')}`);
}
