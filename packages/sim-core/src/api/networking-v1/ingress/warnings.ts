import type { Ingress } from '../ingress.ts';

/** pkg/registry/networking/ingress/strategy.go WarningsOnCreate */
export function warnOfIngress({ metadata }: Ingress): string[] {
  const old = 'kubernetes.io/ingress.class';
  if (metadata.annotations?.[old] === undefined) return [];
  return [`annotation "${old}" is deprecated, please use 'spec.ingressClassName' instead`];
}
