import { defineAnnotation } from './define-annotation.ts';
import { parseNetworks } from './parsers.ts';

export const allowlistSourceRange = defineAnnotation({
  name: 'allowlist-source-range',
  aliases: ['whitelist-source-range'],
  summary: 'Addresses and networks that are let in, separated by commas; others get 403.',
  default: '',
  example: '10.0.0.0/8,192.0.2.1',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ipallowlist/main.go',
  onInvalid: 'deny',
  parse: parseNetworks,
  apply: (value, directives) => {
    directives.location.allow = value;
  },
});
