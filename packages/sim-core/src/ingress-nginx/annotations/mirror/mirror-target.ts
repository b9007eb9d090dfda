import { defineAnnotation } from '../define-annotation.ts';
import { parseUrlWithVariables } from '../parsers.ts';

export const mirrorTarget = defineAnnotation({
  name: 'mirror-target',
  summary: 'URL that gets a copy of every request; its answer is thrown away.',
  default: '',
  example: 'http://copy.default.svc.cluster.local$request_uri',
  scope: 'ingress',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/mirror/main.go',
  onInvalid: 'default',
  parse: parseUrlWithVariables,
  apply: (value, directives) => {
    directives.mirror.target = value;
  },
});
