import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

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
  parse: (value) =>
    value === 'on' || value === 'off' ? value === 'on' : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.mirror.requestBody = value;
  },
});
