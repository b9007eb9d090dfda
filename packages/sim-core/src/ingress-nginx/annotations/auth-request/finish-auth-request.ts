import type { Finish } from '../lookup.ts';

/** The service that is asked, and the way to sign in (internal/ingress/annotations/authreq/main.go). */
export const finishAuthRequest: Finish = ({ location, authRequest: { redirectParam, ...authRequest } }) => {
  if (authRequest.url === '') return undefined;
  location.authRequest = { ...authRequest, signin: signinOf(authRequest.signin, redirectParam) };
  return undefined;
};

/** The address to come back to goes along, unless the URL has one already (template.go, buildAuthSignURL). */
function signinOf(url: string, param: string): string {
  if (url === '') return '';
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  if (query.split('&').some((pair) => pair.startsWith(`${param}=`) && pair.length > param.length + 1)) return url;
  return `${url}${query === '' ? '?' : '&'}${param}=$pass_access_scheme://$http_host$escaped_request_uri`;
}
