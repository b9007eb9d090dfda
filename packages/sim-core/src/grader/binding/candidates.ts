import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Objects } from '../api/objects.ts';
import type { Candidates } from './bind.ts';

/** Reads what roles are bound among: objects that the student or the scenario has made. */
export async function readCandidates(
  objects: Objects,
  isCandidate: (object: KubeObject) => boolean,
  isSubmitted: (object: KubeObject) => boolean,
  images: ReadonlySet<string>,
): Promise<Candidates> {
  const ingresses = (await objects.all('ingresses')).filter(isCandidate);
  const hasTls = ingresses.some(({ spec }) => (spec.tls ?? []).length > 0);
  return {
    ingresses,
    services: (await objects.all('services')).filter(isCandidate),
    workloads: (await objects.workloads()).filter(isCandidate),
    secrets: hasTls ? (await objects.list('v1', 'Secret')).filter(isCandidate) : [],
    isSubmitted,
    images,
  };
}
