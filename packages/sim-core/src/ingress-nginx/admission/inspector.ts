import type { Ingress } from '../../api/networking-v1/ingress.ts';

/* internal/ingress/inspector: what an Ingress may not hold, whatever else is right. */

const SYSTEM_FILES = /\/etc\/(passwd|shadow|group|nginx|ingress-controller)|\/var\/run\/secrets|_by_lua/;

/**
 * Looks for what could break out of nginx.conf: paths of the container, `alias`, `root` and Lua directives (inspector/ingress.go,
 * InspectIngress).
 * @returns what is wrong; undefined when nothing is
 */
export function deepInspect({ metadata, spec }: Ingress): string | undefined {
  const name = `${metadata.namespace ?? ''}/${metadata.name}`;
  for (const { host, http } of spec.rules ?? []) {
    if (host && isForbidden(host)) return `invalid host in ingress ${name}: ${found(host)}`;
    const path = http?.paths.find((each) => isForbidden(each.path ?? ''))?.path;
    if (path !== undefined) return `invalid rule in ingress ${name}: invalid http path: ${found(path)}`;
  }
  for (const { secretName = '', hosts = [] } of spec.tls ?? []) {
    if (isForbidden(secretName)) return `invalid secret in ingress ${name}: ${found(secretName)}`;
    const host = hosts.find(isForbidden);
    if (host !== undefined) return `invalid host in ingress tls config ${name}: ${found(host)}`;
  }
  return undefined;
}

function found(value: string): string {
  return `invalid value found: ${value}`;
}

/** The rules of inspector/rules.go. */
function isForbidden(value: string): boolean {
  return SYSTEM_FILES.test(value) || isDirective(value, 'alias') || isDirective(value, 'root');
}

/** `alias … ;`, over any number of lines. */
function isDirective(value: string, word: string): boolean {
  const at = value.indexOf(word);
  return at >= 0 && value.indexOf(';', at + word.length) >= 0;
}

const PLAIN_PATH = /^\/[A-Za-z0-9._\-/]*$/;

/**
 * Paths that hold more than letters, digits, `.`, `_`, `-` and `/` must be ImplementationSpecific (inspector/inspector.go,
 * ValidatePathType; inspector/rules.go, validPathType).
 * @returns one complaint for each path
 */
export function invalidPaths({ spec }: Ingress): string[] {
  return (spec.rules ?? []).flatMap(({ http }) =>
    (http?.paths ?? []).flatMap(({ path, pathType = 'nil' }) => {
      if (!path || pathType === 'ImplementationSpecific' || PLAIN_PATH.test(path)) return [];
      return [pathComplaint(path, pathType)];
    }),
  );
}

/** In the original's words. */
export function pathComplaint(path: string, pathType: string): string {
  return `path ${path} cannot be used with pathType ${pathType}`;
}
