import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const opentelemetryOperationName = defineAnnotation({
  name: 'opentelemetry-operation-name',
  summary: 'Name of nginx’s own span.',
  default: '',
  example: 'checkout',
  scope: 'location',
  risk: 'Medium',
  fidelity: { accepted: 'nginx’s own span is sent to no collector, so nobody reads its name.' },
  upstream: 'internal/ingress/annotations/opentelemetry/main.go',
  onInvalid: 'default',
  parse: (value) => {
    const text = value.trim();
    return /^[A-Za-z0-9_-]+$/.test(text.replaceAll(' ', ''))
      ? text
      : new InvalidValue('annotation contains invalid value');
  },
  apply: (value, directives) => {
    directives.opentelemetry.operationName = value;
  },
});
