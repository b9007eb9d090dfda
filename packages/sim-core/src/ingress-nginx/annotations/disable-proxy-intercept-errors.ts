import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const disableProxyInterceptErrors = defineAnnotation({
  name: 'disable-proxy-intercept-errors',
  summary: 'Lets error answers of pods through although custom-http-errors lists them.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/disableproxyintercepterrors/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.disableInterceptErrors = value;
  },
});
