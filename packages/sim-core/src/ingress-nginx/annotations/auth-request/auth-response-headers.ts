import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authResponseHeaders = defineAnnotation({
  name: 'auth-response-headers',
  summary: 'Headers of the answer of auth-url that the pod gets.',
  default: '',
  example: 'X-User, X-Groups',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  parse: parseText('headers'),
  apply: (value, directives) => {
    directives.authRequest.responseHeaders = value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  },
});
