import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const proxyRequestBuffering = defineAnnotation({
  name: 'proxy-request-buffering',
  summary: 'Whether nginx reads the whole body of a request before it asks a pod.',
  default: 'on',
  example: '"off"',
  scope: 'location',
  risk: 'Low',
  fidelity: {
    partial: 'Announced bodies of more than 16 MiB stream to the pod all the same: there are no files to keep them in.',
  },
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseOption('on', 'off'),
  apply: (value, directives) => {
    directives.location.proxyRequestBuffering = value === 'on';
  },
});
