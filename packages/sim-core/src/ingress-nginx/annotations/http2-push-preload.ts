import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const http2PushPreload = defineAnnotation({
  name: 'http2-push-preload',
  summary: 'Turned Link headers into pushes once; nginx has taken pushing out.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: { accepted: 'nginx 1.25 and later push nothing: the directive is obsolete and ignored.' },
  upstream: 'internal/ingress/annotations/http2pushpreload/main.go',
  onInvalid: 'drop',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.http2PushPreload = value;
  },
});
