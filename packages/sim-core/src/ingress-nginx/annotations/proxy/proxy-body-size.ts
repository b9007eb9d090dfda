import { defineAnnotation } from '../define-annotation.ts';
import { parseOffset } from '../parsers.ts';

/** What nginx takes where it is told nothing. */
const NGINX_CLIENT_MAX_BODY_SIZE = 1024 ** 2;

export const proxyBodySize = defineAnnotation({
  name: 'proxy-body-size',
  summary: 'Largest request body; larger ones are answered 413, 0 means no limit.',
  default: '1m',
  example: '8m',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseOffset,
  apply: (value, directives) => {
    directives.location.clientMaxBodySize = Number.isNaN(value) ? NGINX_CLIENT_MAX_BODY_SIZE : value;
  },
});
