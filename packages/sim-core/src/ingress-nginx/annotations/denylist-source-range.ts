import { defineAnnotation } from './define-annotation.ts';
import { parseNetworks } from './parsers.ts';

export const denylistSourceRange = defineAnnotation({
  name: 'denylist-source-range',
  summary: 'Addresses and networks that get 403, separated by commas.',
  default: '',
  example: '192.0.2.0/24',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ipdenylist/main.go',
  onInvalid: 'deny',
  parse: parseNetworks,
  apply: (value, directives) => {
    directives.location.deny = value;
  },
});
