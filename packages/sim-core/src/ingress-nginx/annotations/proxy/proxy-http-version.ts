import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const proxyHttpVersion = defineAnnotation({
  name: 'proxy-http-version',
  summary: 'Version of HTTP in which the pod is asked: 1.0 or 1.1.',
  default: '1.1',
  example: '"1.0"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseOption<'1.0' | '1.1'>('1.0', '1.1'),
  apply: (value, directives) => {
    directives.location.proxyHttpVersion = value;
  },
});
