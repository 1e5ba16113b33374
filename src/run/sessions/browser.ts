import type { ClientResponse } from '../../runtime/client/exchange.ts';
import type { RunningNginx } from '../options.ts';
import { cookieSet } from './session-cookies.ts';

/** A client with a cookie jar that logs in and asks for pages. Whatever host and path a cookie is for, it is kept. */
export class Browser {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly ng: Pick<RunningNginx, 'fetch'>,
    private readonly url: string,
    private readonly ip?: string,
  ) {}

  /** Asks for the form, fills it in, follows the redirect; false when a form comes back. */
  async logIn(): Promise<boolean> {
    const page = await this.ask('GET');
    const token = /name="token" value="([^"]*)"/.exec(page.text())?.[1] ?? '';
    const answer = await this.ask('POST', `pma_username=root&pma_password=secret&token=${encodeURIComponent(token)}`);
    return answer.status === 302 && (await this.isLoggedIn());
  }

  /** Asks for a page; true when it is one for somebody who is logged in. */
  async isLoggedIn(): Promise<boolean> {
    return /logged in as/.test((await this.ask('GET')).text());
  }

  private async ask(method: 'GET' | 'POST', body?: string): Promise<ClientResponse> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.ng.fetch(this.url, {
      method,
      headers: {
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(body === undefined ? {} : { body }),
      ...(this.ip === undefined ? {} : { ip: this.ip }),
    });
    for (const field of response.headers.getAll('set-cookie')) {
      const { name, value, removes } = cookieSet(field);
      if (removes) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }
}
