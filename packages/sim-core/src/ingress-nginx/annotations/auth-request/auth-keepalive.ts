import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const authKeepalive = defineAnnotation({
  name: 'auth-keepalive',
  summary: 'Connections to auth-url that are kept open.',
  default: '0',
  example: '10',
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
