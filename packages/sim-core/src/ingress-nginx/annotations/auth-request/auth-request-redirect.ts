import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authRequestRedirect = defineAnnotation({
  name: 'auth-request-redirect',
  summary: 'Value of X-Auth-Request-Redirect for auth-url, instead of the URI of the request.',
  default: '',
  example: 'https://app.test/start',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'deny',
  needs: 'auth-url',
  parse: parseText('url'),
  apply: (value, directives) => {
    directives.authRequest.requestRedirect = value;
  },
});
