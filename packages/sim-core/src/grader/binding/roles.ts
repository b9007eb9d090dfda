/**
 * What checks speak of, found by function and not by name. `$main` and `$canary` are Ingresses; a `…Service` is what such an
 * Ingress sends to, a `…Deployment` the workload behind that Service; `$service` and `$deployment` are those of the exercise
 * where no Ingress is asked for; `$ingress` is the main Ingress, or any of several for the same host.
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
  '$ingress',
] as const);

export type Role = (typeof ROLES)[number];

/** Roles in words, for sentences and titles. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = Object.freeze({
  $main: 'the main Ingress',
  $canary: 'the canary Ingress',
  $mainService: 'the main Service',
  $canaryService: "the canary's Service",
  $mainDeployment: 'the main Deployment',
  $canaryDeployment: "the canary's Deployment",
  $service: 'the Service',
  $deployment: 'the Deployment',
  $loadBalancer: 'the Service of type LoadBalancer',
  $tlsSecret: 'the TLS Secret',
  $ingress: 'the Ingress',
});

/** A text with roles in words. */
export function sayRoles(text: string): string {
  return text.replace(/\$[A-Za-z]+/g, (word) => (isRole(word) ? ROLE_WORDS[word] : word));
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
