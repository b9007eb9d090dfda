import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authSignin = defineAnnotation({
  name: 'auth-signin',
  summary: 'Where to send who is not signed in, with the address to come back to.',
  default: '',
  example: 'https://login.test/start',
  scope: 'location',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  needs: 'auth-url',
  parse: parseText('urlWithVariables'),
  apply: (value, directives) => {
    directives.authRequest.signin = value;
  },
});
