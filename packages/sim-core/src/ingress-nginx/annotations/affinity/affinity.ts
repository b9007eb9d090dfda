import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

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
  parse: (value) => (value === 'cookie' ? value : new InvalidValue('value does not match any valid option')),
  apply: (value, directives) => {
    directives.affinity.type = value;
  },
});
