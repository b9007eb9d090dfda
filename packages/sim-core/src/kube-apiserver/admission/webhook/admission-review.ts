import type { Kind } from '../../../apimachinery/kind.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';
import { scaleOf } from '../../scale-object.ts';
import { served } from '../../stored-version.ts';
import type { AdmissionRequest } from '../admission.ts';
import { type Invocation, namespaceOf, requestKindOf } from './invocation.ts';

/** Versions of AdmissionReview that are spoken. */
const REVIEW_VERSIONS: readonly string[] = Object.freeze(['v1', 'v1beta1']);

/** A question as it is sent. */
export interface Review {
  readonly version: string;
  readonly uid: string;
  readonly body: string;
}

/** The first version that the webhook takes and that is spoken; undefined for none (webhook/request/admissionreview.go). */
export function reviewVersion({ hook }: Invocation): string | undefined {
  return hook.webhook.admissionReviewVersions?.find((version) => REVIEW_VERSIONS.includes(version));
}

/** The AdmissionReview of a write. */
export function newReview(version: string, uid: string, invocation: Invocation, request: AdmissionRequest): Review {
  const review = {
    kind: 'AdmissionReview',
    apiVersion: `admission.k8s.io/${version}`,
    request: reviewed(uid, invocation, request),
  };
  return { version, uid, body: JSON.stringify(review) };
}

/** admission.k8s.io/v1 AdmissionRequest. */
export function reviewed(uid: string, invocation: Invocation, request: AdmissionRequest): Record<string, unknown> {
  const { operation, subresource, name, dryRun = false, user, userInfo } = request;
  const asked = requestKindOf(request);
  const namespace = namespaceOf(request);
  return {
    uid,
    kind: typeOf(invocation.kind, subresource),
    resource: resourceOf(invocation.kind),
    ...(subresource && { subResource: subresource }),
    requestKind: typeOf(asked, subresource),
    requestResource: resourceOf(asked),
    ...(subresource && { requestSubResource: subresource }),
    ...(name !== '' && { name }),
    ...(namespace !== '' && { namespace }),
    operation,
    userInfo: {
      username: userInfo?.name ?? user,
      ...(userInfo?.uid !== undefined && { uid: userInfo.uid }),
      groups: userInfo?.groups ?? ['system:authenticated'],
      ...(userInfo?.extra !== undefined && { extra: userInfo.extra }),
    },
    ...objectsOf(invocation, request),
    dryRun,
    options: optionsOf(request),
  };
}

/** The object as it would be and as it is, in the version that the webhook is shown; null where there is none. */
export function objectsOf(
  { kind }: Pick<Invocation, 'kind'>,
  request: AdmissionRequest,
): { object: unknown; oldObject: unknown } {
  const { operation, object, old } = request;
  if (operation === 'DELETE') return { object: null, oldObject: shown(kind, request, object) };
  return { object: shown(kind, request, object), oldObject: old === undefined ? null : shown(kind, request, old) };
}

function shown(kind: Kind, { kind: stored, subresource }: AdmissionRequest, object: KubeObject): unknown {
  return subresource === 'scale' ? scaleOf(stored, object) : served(kind, object);
}

function typeOf({ group, version, kind }: Kind, subresource: string | undefined): Record<string, string> {
  return subresource === 'scale' ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : { group, version, kind };
}

function resourceOf({ group, version, resource }: Kind): Record<string, string> {
  return { group, version, resource };
}

const OPTIONS = Object.freeze({ CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' });

function optionsOf({ operation, dryRun, fieldManager }: AdmissionRequest): Record<string, unknown> {
  return {
    kind: OPTIONS[operation],
    apiVersion: 'meta.k8s.io/v1',
    ...(dryRun === true && { dryRun: ['All'] }),
    ...(fieldManager !== undefined && fieldManager !== '' && { fieldManager }),
  };
}
