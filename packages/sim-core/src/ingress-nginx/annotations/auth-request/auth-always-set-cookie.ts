import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const authAlwaysSetCookie = defineAnnotation({
  name: 'auth-always-set-cookie',
  summary: 'Whether the cookie of auth-url goes to the client with error answers, too.',
  default: 'false',
  example: 'true',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'deny',
  needs: 'auth-url',
  parse: parseBool,
  apply: (value, directives) => {
    directives.authRequest.alwaysSetCookie = value;
  },
});
