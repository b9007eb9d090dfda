import { apiVersionOf, type Kind } from '../apimachinery/kind.ts';
import { StatusError } from '../apimachinery/status-error.ts';

/** Kinds of v1.33 that this API server does not have, with their versions. */
const NOT_SIMULATED: Readonly<Record<string, string>> = Object.freeze({
  APIService: 'apiregistration.k8s.io/v1',
  CSIDriver: 'storage.k8s.io/v1',
  CertificateSigningRequest: 'certificates.k8s.io/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
  RuntimeClass: 'node.k8s.io/v1',
  ValidatingAdmissionPolicy: 'admissionregistration.k8s.io/v1',
  ValidatingAdmissionPolicyBinding: 'admissionregistration.k8s.io/v1',
  VolumeAttachment: 'storage.k8s.io/v1',
});

/** A kind that the cluster does not know, in kubectl's words (`meta.NoKindMatchError`). */
export class UnknownKindError extends StatusError {
  /** What was probably meant, or that the kind exists and is not simulated. */
  readonly hint: string | undefined;
  /** What is wrong of the two. */
  readonly field: 'apiVersion' | 'kind';

  /**
   * @param kinds every kind that the server knows
   * @param nearest finds the candidate that was probably meant by a word
   */
  constructor(apiVersion: string, kind: string, kinds: readonly Kind[], nearest: Nearest = () => undefined) {
    const message = `no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`;
    super({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: 'NotFound',
      code: 404,
    });
    this.hint = hintFor(apiVersion, kind, kinds, nearest);
    const isKind = kinds.some((each) => each.kind === kind) || Object.hasOwn(NOT_SIMULATED, kind);
    this.field = isKind ? 'apiVersion' : 'kind';
  }
}

/** Finds the candidate that was probably meant by a word. */
export type Nearest = (word: string, candidates: readonly string[]) => string | undefined;

function hintFor(apiVersion: string, kind: string, kinds: readonly Kind[], nearest: Nearest): string | undefined {
  const versions = kinds.filter((each) => each.kind === kind).map(apiVersionOf);
  if (versions.length > 0) return `${kind} is in ${versions.join(' and ')}, not ${apiVersion}`;
  const real = Object.hasOwn(NOT_SIMULATED, kind) ? NOT_SIMULATED[kind] : undefined;
  if (real === apiVersion) return `${kind} (${real}) is a kind of Kubernetes that this sandbox does not simulate yet`;
  if (real !== undefined) {
    return `${kind} is in ${real}, not ${apiVersion}, and this sandbox does not simulate it yet`;
  }
  const meant = nearest(kind, [...kinds.map((each) => each.kind), ...Object.keys(NOT_SIMULATED)]);
  return meant === undefined ? undefined : `did you mean ${meant}?`;
}
