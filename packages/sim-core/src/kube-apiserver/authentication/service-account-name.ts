import { isDNS1123Label, isDNS1123Subdomain } from '../../apimachinery/validation/names.ts';

/* Names of service accounts as users (k8s.io/apiserver/pkg/authentication/serviceaccount/util.go). */

const PREFIX = 'system:serviceaccount:';

/** Group of all service accounts. */
const ALL_SERVICE_ACCOUNTS = 'system:serviceaccounts';

/** `system:serviceaccount:default:builder` */
export function serviceAccountUsername(namespace: string, name: string): string {
  return `${PREFIX}${namespace}:${name}`;
}

/** Takes {@link serviceAccountUsername} apart; undefined for other users. */
export function splitServiceAccountUsername(username: string): { namespace: string; name: string } | undefined {
  if (!username.startsWith(PREFIX)) return undefined;
  const [namespace = '', name = '', ...more] = username.slice(PREFIX.length).split(':');
  if (more.length > 0 || isDNS1123Label(namespace).length > 0 || isDNS1123Subdomain(name).length > 0) return undefined;
  return { namespace, name };
}

/** The groups of every account of a namespace. */
export function serviceAccountGroups(namespace: string): string[] {
  return [ALL_SERVICE_ACCOUNTS, `${ALL_SERVICE_ACCOUNTS}:${namespace}`];
}
