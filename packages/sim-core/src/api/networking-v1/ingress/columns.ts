import type { IngressRule } from '../ingress.ts';

const MAX = 3;

/** The first hosts, `*` when no rule names one (`formatHosts`; its count of the others counts rules, as upstream does). */
export function formatHosts(rules: readonly IngressRule[]): string {
  const hosts = rules.map(({ host }) => host).filter((host) => host !== undefined && host !== '');
  if (hosts.length === 0) return '*';
  const shown = hosts.slice(0, MAX).join(',');
  return hosts.length >= MAX && rules.length > MAX ? `${shown} + ${rules.length - MAX} more...` : shown;
}
