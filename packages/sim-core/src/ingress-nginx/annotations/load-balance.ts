import { defineAnnotation } from './define-annotation.ts';
import { parseOption } from './parsers.ts';

/** Balancers of Lua (rootfs/etc/nginx/lua/balancer.lua). */
const ALGORITHMS = Object.freeze([
  'round_robin',
  'chash',
  'chashsubset',
  'sticky_balanced',
  'sticky_persistent',
  'ewma',
]);

export const loadBalance = defineAnnotation({
  name: 'load-balance',
  summary: 'How pods are chosen: round_robin or ewma.',
  default: 'round_robin',
  example: 'ewma',
  scope: 'location',
  risk: 'Low',
  fidelity: {
    partial:
      'The names of the balancers behind upstream-hash-by and affinity are taken, too; without those annotations they break the real one, here pods are chosen in turn.',
  },
  upstream: 'internal/ingress/annotations/loadbalancing/main.go',
  onInvalid: 'drop',
  parse: parseOption(...ALGORITHMS),
  apply: (value, directives) => {
    directives.upstream.loadBalance = value === 'ewma' ? 'ewma' : 'round_robin';
  },
});
