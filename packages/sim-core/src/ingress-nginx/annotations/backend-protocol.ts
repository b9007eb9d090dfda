import type { BackendProtocol } from '../nginx/directives.ts';
import { defineAnnotation, InvalidValue } from './define-annotation.ts';

const PROTOCOLS: readonly BackendProtocol[] = Object.freeze(['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI']);

export const backendProtocol = defineAnnotation({
  name: 'backend-protocol',
  summary: 'What the pod speaks: HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS or FCGI.',
  default: 'HTTP',
  example: 'HTTPS',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/backendprotocol/main.go',
  onInvalid: 'default',
  parse: (value) =>
    PROTOCOLS.find((each) => each === value.trim().toUpperCase()) ??
    new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.location.backendProtocol = value;
  },
});
