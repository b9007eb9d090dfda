import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const proxyNextUpstreamTries = defineAnnotation({
  name: 'proxy-next-upstream-tries',
  summary: 'How many pods are tried at most; 0 means no limit.',
  default: '3',
  example: '"5"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.location.proxyNextUpstreamTries = value;
  },
});
