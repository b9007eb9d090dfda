import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const sessionCookieChangeOnFailure = defineAnnotation({
  name: 'session-cookie-change-on-failure',
  summary: 'Gives the client another pod when its own has failed.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.affinity.cookie.changeOnFailure = value;
  },
});
