import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authCacheKey = defineAnnotation({
  name: 'auth-cache-key',
  summary: 'Remembers what auth-url said, by this key; it may hold variables of nginx.',
  default: '',
  example: '$remote_user$http_authorization',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  needs: 'auth-url',
  parse: parseText('variables'),
  apply: (value, directives) => {
    directives.authRequest.cacheKey = value;
  },
});
