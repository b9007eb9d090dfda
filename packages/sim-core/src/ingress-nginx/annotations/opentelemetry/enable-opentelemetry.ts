import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const enableOpentelemetry = defineAnnotation({
  name: 'enable-opentelemetry',
  summary: 'Gives pods the header traceparent, by which they can take part in a trace.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: { partial: 'Pods get traceparent; nginx’s own span is sent to no collector.' },
  upstream: 'internal/ingress/annotations/opentelemetry/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.opentelemetry.enabled = value;
  },
});
