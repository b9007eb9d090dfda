import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Objects } from '../api/objects.ts';
import type { ObjectKey } from '../submission/apply.ts';
import type { Candidates } from './bind.ts';

/** What tells an object among all, as far as names go. */
export function keyText({ apiVersion, kind, namespace, name }: ObjectKey): string {
  return `${apiVersion} ${kind} ${namespace}/${name}`;
}

/** The key of an object of the cluster. */
export function keyOfObject({ apiVersion, kind, metadata }: KubeObject): string {
  return keyText({ apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name });
}

/** Reads what roles are bound among: objects that the student or the scenario has made. */
export async function readCandidates(
  objects: Objects,
  isCandidate: (object: KubeObject) => boolean,
  isSubmitted: (object: KubeObject) => boolean,
): Promise<Candidates> {
  const ingresses = (await objects.all('ingresses')).filter(isCandidate);
  const hasTls = ingresses.some(({ spec }) => (spec.tls ?? []).length > 0);
  return {
    ingresses,
    services: (await objects.all('services')).filter(isCandidate),
    workloads: (await objects.workloads()).filter(isCandidate),
    secrets: hasTls ? (await objects.list('v1', 'Secret')).filter(isCandidate) : [],
    isSubmitted,
  };
}
