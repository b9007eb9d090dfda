import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const authKeepaliveRequests = defineAnnotation({
  name: 'auth-keepalive-requests',
  summary: 'Requests that one connection to auth-url serves.',
  default: '1000',
  example: '100',
  scope: 'location',
  risk: 'Low',
  fidelity: {
    accepted:
      'ingress-nginx itself ignores it while HTTP/2 is on (use-http2, the default); with it off, only the connection to the service would last longer.',
  },
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  needs: 'auth-url',
  parse: parseInteger,
  apply: () => {},
});
