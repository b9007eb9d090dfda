/**
 * What checks speak of, found by function and not by name. `$main` and `$canary` are Ingresses; a `…Service` is what such an
 * Ingress sends to, a `…Deployment` the workload behind that Service; `$service` and `$deployment` are those of the exercise
 * where no Ingress is asked for.
 */
export const ROLES = Object.freeze([
  '$main',
  '$canary',
  '$mainService',
  '$canaryService',
  '$mainDeployment',
  '$canaryDeployment',
  '$service',
  '$deployment',
  '$loadBalancer',
  '$tlsSecret',
] as const);

export type Role = (typeof ROLES)[number];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
