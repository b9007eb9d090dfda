import type { IngressClass } from '../ingress-class.ts';

/** `Kind.group/name` of what parameterises a class (`printIngressClass`). */
export function formatParameters(parameters: NonNullable<IngressClass['spec']>['parameters']): string {
  if (parameters === undefined) return '<none>';
  const { kind, apiGroup, name } = parameters;
  return `${kind}${apiGroup === undefined ? '' : `.${apiGroup}`}/${name}`;
}
