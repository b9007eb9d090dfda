import { defineAnnotation, InvalidValue } from './define-annotation.ts';

export const defaultBackend = defineAnnotation({
  name: 'default-backend',
  summary: 'Service that answers while the one of the rule has no endpoints, and for custom-http-errors.',
  default: '',
  example: 'errors',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/defaultbackend/main.go',
  onInvalid: 'drop',
  parse: (value) =>
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= 63
      ? value
      : new InvalidValue('annotation does not contain a valid service name'),
  apply: (value, directives) => {
    directives.defaultBackend = value;
  },
});
