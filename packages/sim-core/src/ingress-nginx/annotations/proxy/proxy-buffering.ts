import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const proxyBuffering = defineAnnotation({
  name: 'proxy-buffering',
  summary: 'Whether answers are taken off the pod as fast as it sends, and wait for slow clients in nginx.',
  default: 'off',
  example: '"on"',
  scope: 'location',
  risk: 'Low',
  fidelity: {
    partial: 'What waits for a slow client is kept in memory, up to 16 MiB for each answer; nginx writes it to a file.',
  },
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseOption('on', 'off'),
  apply: (value, directives) => {
    directives.location.proxyBuffering = value === 'on';
  },
});
