import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const authKeepaliveTimeout = defineAnnotation({
  name: 'auth-keepalive-timeout',
  summary: 'Seconds for which an idle connection to auth-url stays open.',
  default: '60',
  example: '30',
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
