import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const affinity = defineAnnotation({
  name: 'affinity',
  summary: 'Keeps a client at its pod; only by cookie.',
  default: '',
  example: 'cookie',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseOption<'cookie'>('cookie'),
  apply: (value, directives) => {
    directives.affinity.type = value;
  },
});
