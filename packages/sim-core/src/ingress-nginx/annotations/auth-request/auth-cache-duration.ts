import { defineAnnotation, InvalidValue } from '../define-annotation.ts';
import { parseCacheDurations } from '../parsers/auth-request.ts';
import { parseText } from '../parsers.ts';

const CHARACTERS = parseText('extended');

export const authCacheDuration = defineAnnotation({
  name: 'auth-cache-duration',
  summary: 'How long an answer of auth-url is remembered, by its status; acts together with auth-cache-key.',
  default: '200 202 401 5m',
  example: '200 202 10m, 401 5m',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'deny',
  needs: 'auth-url',
  parse: (value) => {
    const text = CHARACTERS(value);
    return text instanceof InvalidValue ? text : parseCacheDurations(text);
  },
  apply: (value, directives) => {
    directives.authRequest.cacheValid = value;
  },
});
