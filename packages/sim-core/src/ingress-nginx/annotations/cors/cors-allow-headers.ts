import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const corsAllowHeaders = defineAnnotation({
  name: 'cors-allow-headers',
  summary: 'Request headers that are allowed.',
  default:
    'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
  example: 'X-Token',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: parseText('headers'),
  apply: (value, directives) => {
    directives.cors.allowHeaders = value;
  },
});
