import { defineAnnotation } from './define-annotation.ts';
import { parseMatch } from './parsers.ts';

export const connectionProxyHeader = defineAnnotation({
  name: 'connection-proxy-header',
  summary: 'Connection header that the pod gets, whatever the client asks for.',
  default: '',
  example: 'keep-alive',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/connection/main.go',
  onInvalid: 'drop',
  parse: parseMatch(/^(close|keep-alive)$/),
  apply: (value, directives) => {
    directives.location.connectionHeader = value;
  },
});
