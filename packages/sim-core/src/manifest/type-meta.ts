import type { Fields } from './document.ts';
import { isFields } from './document.ts';
import { editDistance } from './nearest.ts';
import type { Finding } from './problem.ts';

/** kubectl's words, from `k8s.io/kubectl/pkg/validation` and `cli-runtime/pkg/resource`. */
const validating = (what: string) =>
  `error validating data: ${what}; if you choose to ignore these errors, turn validation off with --validate=false`;

/** A document that is no mapping: a text, a number, a list. */
export function notAnObject(value: unknown): Finding {
  const what = Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'a text' : `the ${typeof value} ${value}`;
  return {
    reason: 'NotAnObject',
    message: `this document is ${what}, not a Kubernetes object`,
    hint: Array.isArray(value)
      ? 'Write each object as a document of its own, separated by lines with ---, or put the list under "items:" of a List.'
      : 'A Kubernetes object is made of "key: value" lines and has at least apiVersion, kind and metadata.',
    kubectl: validating('invalid object to validate'),
  };
}

/** Checks what says of which type an object is; everything else is for the API server. */
export function checkTypeMeta(object: Fields): Finding | undefined {
  const hasKind = isText(object['kind']);
  const hasVersion = isText(object['apiVersion']);
  if (hasKind && hasVersion) return undefined;
  return misspelled(object) ?? wrongType(object) ?? missing(object, hasVersion, hasKind);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function missing(object: Fields, hasVersion: boolean, hasKind: boolean): Finding {
  if (hasVersion) {
    const hint = `Add a line such as "kind: Deployment"; for apiVersion ${String(object['apiVersion'])} it must be one of that group's kinds.`;
    return { reason: 'MissingKind', message: 'kind is not set', hint, kubectl: validating('kind not set') };
  }
  if (hasKind) {
    const version = usualVersion(String(object['kind']));
    const hint = `Add a line "apiVersion: ${version ?? '…'}"${version === undefined ? '' : ` above "kind: ${String(object['kind'])}"`}.`;
    return {
      reason: 'MissingApiVersion',
      message: 'apiVersion is not set',
      hint,
      kubectl: validating('apiVersion not set'),
    };
  }
  const keys = Object.keys(object).slice(0, 3).join(', ');
  return {
    reason: 'MissingApiVersion',
    message: `this is not a Kubernetes object: it has neither apiVersion nor kind (it begins with ${keys || 'nothing'})`,
    hint: 'Every object needs both, for example "apiVersion: v1" and "kind: Service", at the beginning of its document.',
    kubectl: validating('[apiVersion not set, kind not set]'),
  };
}

function misspelled(object: Fields): Finding | undefined {
  for (const field of ['apiVersion', 'kind'] as const) {
    if (Object.hasOwn(object, field)) continue;
    const meant = Object.keys(object).find((key) => editDistance(key.toLowerCase(), field.toLowerCase(), 3) < 3);
    if (meant === undefined) continue;
    return {
      reason: field === 'kind' ? 'MissingKind' : 'MissingApiVersion',
      message: `${field} is not set; did you mean it where it says "${meant}"?`,
      hint: `Write "${field}: ${String(object[meant])}". Upper and lower case matter.`,
      kubectl: validating(`${field} not set`),
    };
  }
  return undefined;
}

function wrongType(object: Fields): Finding | undefined {
  for (const field of ['apiVersion', 'kind'] as const) {
    const value = object[field];
    if (value === undefined || value === null || value === '' || typeof value === 'string') continue;
    const what = Array.isArray(value) ? 'a list' : isFields(value) ? 'a mapping' : `the ${typeof value} ${value}`;
    return {
      reason: field === 'kind' ? 'MissingKind' : 'MissingApiVersion',
      message: `${field} must be a text; here it is ${what}`,
      hint: field === 'kind' ? 'Write for example "kind: Service".' : 'Write for example "apiVersion: v1".',
    };
  }
  return undefined;
}

const USUAL_VERSIONS: Readonly<Record<string, string>> = Object.freeze({
  v1: 'Namespace Pod Service ConfigMap Secret ServiceAccount PersistentVolumeClaim PersistentVolume Node Endpoints',
  'apps/v1': 'Deployment ReplicaSet StatefulSet DaemonSet',
  'batch/v1': 'Job CronJob',
  'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
  'rbac.authorization.k8s.io/v1': 'Role ClusterRole RoleBinding ClusterRoleBinding',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'gateway.networking.k8s.io/v1': 'Gateway GatewayClass HTTPRoute GRPCRoute',
});

function usualVersion(kind: string): string | undefined {
  return Object.keys(USUAL_VERSIONS).find((version) => USUAL_VERSIONS[version]?.split(' ').includes(kind));
}
