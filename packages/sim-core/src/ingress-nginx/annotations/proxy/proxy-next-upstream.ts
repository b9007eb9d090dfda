import { parseNextUpstream } from '../../nginx/directives.ts';
import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

const WORDS =
  /^(?:(?:error|timeout|invalid_header|http_500|http_502|http_503|http_504|http_403|http_404|http_429|non_idempotent|off)\s?)+$/;

export const proxyNextUpstream = defineAnnotation({
  name: 'proxy-next-upstream',
  summary: 'In which cases the next pod is tried.',
  default: 'error timeout',
  example: 'error timeout http_502',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: (value) =>
    WORDS.test(value) ? parseNextUpstream(value) : new InvalidValue('annotation contains invalid value'),
  apply: (value, directives) => {
    directives.location.proxyNextUpstream = value;
  },
});
