import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const affinityMode = defineAnnotation({
  name: 'affinity-mode',
  summary: 'balanced gives new pods their share of old clients, persistent never moves anybody.',
  default: 'balanced',
  example: 'persistent',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseOption<'balanced' | 'persistent'>('balanced', 'persistent'),
  apply: (value, directives) => {
    directives.affinity.mode = value;
  },
});
