import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const proxyRedirectTo = defineAnnotation({
  name: 'proxy-redirect-to',
  summary: 'What takes the place of proxy-redirect-from in the pod’s Location.',
  default: 'off',
  example: 'https://shop.test/',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseText('url'),
  apply: (value, directives) => {
    directives.location.proxyRedirectTo = value;
  },
});
