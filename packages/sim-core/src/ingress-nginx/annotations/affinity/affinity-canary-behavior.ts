import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const affinityCanaryBehavior = defineAnnotation({
  name: 'affinity-canary-behavior',
  summary:
    'Whether clients of the canary stay there (sticky) or are drawn anew each time (legacy); read on the canary Ingress.',
  default: 'sticky',
  example: 'legacy',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseOption<'sticky' | 'legacy'>('sticky', 'legacy'),
  apply: (value, directives) => {
    directives.affinity.canaryBehavior = value;
  },
});
