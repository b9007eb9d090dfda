import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';
import { NO_FIREWALL } from './no-firewall.ts';

export const modsecurityTransactionId = defineAnnotation({
  name: 'modsecurity-transaction-id',
  summary: 'Variable by whose value the web application firewall names a request.',
  default: '',
  example: '$request_id',
  scope: 'ingress',
  risk: 'High',
  fidelity: { accepted: NO_FIREWALL },
  upstream: 'internal/ingress/annotations/modsecurity/main.go',
  onInvalid: 'default',
  parse: parseText('variables'),
  apply: (value, directives) => {
    directives.location.modsecurity = { ...directives.location.modsecurity, transactionId: value };
  },
});
