import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';
import { NO_FIREWALL } from './no-firewall.ts';

export const enableOwaspCoreRules = defineAnnotation({
  name: 'enable-owasp-core-rules',
  summary: 'Gives the web application firewall the core rules of OWASP.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: { accepted: NO_FIREWALL },
  upstream: 'internal/ingress/annotations/modsecurity/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.modsecurity = { ...directives.location.modsecurity, owaspRules: value };
  },
});
