import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const opentelemetryTrustIncomingSpan = defineAnnotation({
  name: 'opentelemetry-trust-incoming-span',
  summary: 'Whether the trace goes on that the client’s traceparent names.',
  default: 'true',
  example: '"false"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/opentelemetry/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.opentelemetry.trustIncomingSpan = value;
  },
});
