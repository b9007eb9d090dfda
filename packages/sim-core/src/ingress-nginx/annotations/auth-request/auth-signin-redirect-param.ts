import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authSigninRedirectParam = defineAnnotation({
  name: 'auth-signin-redirect-param',
  summary: 'Name of the parameter with the address to come back to.',
  default: 'rd',
  example: 'next',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  needs: 'auth-url',
  parse: parseText('url'),
  apply: (value, directives) => {
    directives.authRequest.redirectParam = value;
  },
});
