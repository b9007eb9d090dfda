import type { Ingress } from '../ingress.ts';

/** pkg/registry/networking/ingress/strategy.go WarningsOnCreate; nothing is said of changes */
export function warnOfIngress({ metadata, spec }: Ingress, before?: Ingress): string[] {
  const old = 'kubernetes.io/ingress.class';
  if (before !== undefined || metadata.annotations?.[old] === undefined) return [];
  if (spec.ingressClassName !== undefined) return [];
  return [`annotation "${old}" is deprecated, please use 'spec.ingressClassName' instead`];
}
