import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const proxyRedirectFrom = defineAnnotation({
  name: 'proxy-redirect-from',
  summary: 'Beginning of the pod’s Location that proxy-redirect-to replaces; off for none.',
  default: 'off',
  example: 'http://web.internal/',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseText('url'),
  apply: (value, directives) => {
    directives.location.proxyRedirectFrom = value;
  },
});
