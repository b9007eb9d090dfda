import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';
import { NO_FIREWALL } from './no-firewall.ts';

export const enableModsecurity = defineAnnotation({
  name: 'enable-modsecurity',
  summary: 'Switches the web application firewall on.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: { accepted: NO_FIREWALL },
  upstream: 'internal/ingress/annotations/modsecurity/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.modsecurity = { ...directives.location.modsecurity, enabled: value };
  },
});
