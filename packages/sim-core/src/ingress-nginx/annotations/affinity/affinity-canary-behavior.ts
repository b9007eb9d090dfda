import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

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
  parse: (value) =>
    value === 'sticky' || value === 'legacy' ? value : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.affinity.canaryBehavior = value;
  },
});
