import { defineAnnotation } from '../define-annotation.ts';
import { parseNetworks } from '../parsers.ts';

export const limitAllowlist = defineAnnotation({
  name: 'limit-allowlist',
  aliases: ['limit-whitelist'],
  summary: 'Addresses and networks that no limit counts.',
  default: '',
  example: '10.0.0.0/8',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'drop',
  parse: parseNetworks,
  apply: (value, directives) => {
    directives.limit.allowlist = value;
  },
});
