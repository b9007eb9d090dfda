import { defineAnnotation } from '../define-annotation.ts';
import { parseMethod } from '../parsers/auth-request.ts';

export const authMethod = defineAnnotation({
  name: 'auth-method',
  summary: 'Method of the request to auth-url.',
  default: 'GET',
  example: 'POST',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'deny',
  needs: 'auth-url',
  parse: parseMethod,
  apply: (value, directives) => {
    directives.authRequest.method = value;
  },
});
