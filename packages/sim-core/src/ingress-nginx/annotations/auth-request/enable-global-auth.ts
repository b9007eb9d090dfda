import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const enableGlobalAuth = defineAnnotation({
  name: 'enable-global-auth',
  summary: 'Whether the service of the ConfigMap (global-auth-url) is asked where there is no auth-url.',
  default: 'true',
  example: '"false"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreqglobal/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.authRequest.global = value;
  },
});
