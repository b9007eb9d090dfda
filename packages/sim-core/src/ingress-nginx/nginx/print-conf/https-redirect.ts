import { block, type Conf } from './conf.ts';
import type { LocationContext } from './printing.ts';

/** What Lua does where the location asks for https: it comes behind the location's own `return`s, before anything is asked. */
export function httpsRedirect({ location, printing }: LocationContext): Conf[] {
  const { sslRedirect, forceSslRedirect, preserveTrailingSlash } = location.directives;
  const { httpRedirectCode, noTlsRedirectLocations } = printing.configuration.http;
  const asked = forceSslRedirect || sslRedirect;
  if (!asked) return [{ text: '# lua: no redirect to https', settings: ['ssl-redirect'] }];
  if (noTlsRedirectLocations.some((start) => location.path.startsWith(start)))
    return [{ text: '# lua: no redirect to https', settings: ['no-tls-redirect-locations'] }];
  const uri = preserveTrailingSlash ? '$request_uri' : '$redirect_uri';
  const condition = forceSslRedirect ? '$pass_access_scheme = http' : '$redirect_to_https';
  const settings = forceSslRedirect ? ['force-ssl-redirect'] : ['ssl-redirect'];
  const answer = {
    text: `return ${httpRedirectCode} https://$redirect_host${uri};`,
    settings: ['http-redirect-code', 'preserve-trailing-slash'],
  };
  return [block(`if (${condition})`, [answer], { settings })];
}

/** Whether the location's `rewrite` is a redirect, which wins over the one to https. */
export function redirects({ location: { directives } }: LocationContext): boolean {
  return /^(https?:\/\/|\$scheme)/.test(directives.rewrite?.replacement ?? '');
}
