import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const mirrorRequestBody = defineAnnotation({
  name: 'mirror-request-body',
  summary: 'Whether the copy has the body, on or off.',
  default: 'on',
  example: '"off"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/mirror/main.go',
  onInvalid: 'default',
  parse: parseOption('on', 'off'),
  apply: (value, directives) => {
    directives.mirror.requestBody = value === 'on';
  },
});
