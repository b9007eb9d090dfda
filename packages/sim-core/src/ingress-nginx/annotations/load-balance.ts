import { defineAnnotation, InvalidValue } from './define-annotation.ts';

export const loadBalance = defineAnnotation({
  name: 'load-balance',
  summary: 'How pods are chosen: round_robin or ewma.',
  default: 'round_robin',
  example: 'ewma',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/loadbalancing/main.go',
  onInvalid: 'drop',
  parse: (value) =>
    value === 'round_robin' || value === 'ewma' ? value : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.upstream.loadBalance = value;
  },
});
