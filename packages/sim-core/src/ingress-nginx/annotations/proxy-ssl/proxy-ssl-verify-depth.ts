import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const proxySslVerifyDepth = defineAnnotation({
  name: 'proxy-ssl-verify-depth',
  summary: 'Most certificates between the one of a pod and an authority.',
  default: '1',
  example: '2',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxyssl/main.go',
  onInvalid: 'default',
  needs: 'proxy-ssl-secret',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.proxySsl.verifyDepth = value === 0 ? 1 : value;
  },
});
