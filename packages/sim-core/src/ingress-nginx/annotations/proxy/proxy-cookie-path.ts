import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const proxyCookiePath = defineAnnotation({
  name: 'proxy-cookie-path',
  summary: 'Path of the pod’s cookies that is replaced at its beginning, and by what; off for none.',
  default: 'off',
  example: '/app /',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseText('url'),
  apply: (value, directives) => {
    directives.location.proxyCookiePath = value;
  },
});
