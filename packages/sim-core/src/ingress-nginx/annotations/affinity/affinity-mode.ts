import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

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
  parse: (value) =>
    value === 'balanced' || value === 'persistent' ? value : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.affinity.mode = value;
  },
});
