import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const sessionCookieConditionalSamesiteNone = defineAnnotation({
  name: 'session-cookie-conditional-samesite-none',
  summary: 'Leaves SameSite=None out for browsers that misread it.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.affinity.cookie.conditionalSameSiteNone = value;
  },
});
