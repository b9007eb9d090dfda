import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const authKeepaliveShareVars = defineAnnotation({
  name: 'auth-keepalive-share-vars',
  summary: 'Whether the request to auth-url shares the variables of nginx, with auth-keepalive.',
  default: 'false',
  example: 'true',
  scope: 'location',
  risk: 'Low',
  fidelity: {
    accepted:
      'ingress-nginx itself ignores it while HTTP/2 is on (use-http2, the default); with it off, only the connection to the service would last longer.',
  },
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  needs: 'auth-url',
  parse: parseBool,
  apply: () => {},
});
