import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const satisfy = defineAnnotation({
  name: 'satisfy',
  summary: 'Whether the address and the password must both let in, or any of them.',
  default: 'all',
  example: 'any',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/satisfy/main.go',
  onInvalid: 'default',
  parse: (value) =>
    value === 'any' || value === 'all' ? value : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.location.satisfy = value;
  },
});
