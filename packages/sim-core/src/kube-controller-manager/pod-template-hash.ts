import type { PodTemplateSpec } from '../api/core-v1/pod.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { safeEncode } from './safe-encode.ts';

/** Label that tells the ReplicaSets of a Deployment, and their pods, apart (apps.DefaultDeploymentUniqueLabelKey). */
export const POD_TEMPLATE_HASH = 'pod-template-hash';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The hash of a pod template: same template and collision count, same hash (controller.ComputeHash). FNV-32a and the
 * alphabet are upstream's; what is hashed is not: upstream hashes Go's print of the struct, we the JSON with sorted keys,
 * so the hash of a template differs from a real cluster's.
 */
export function computeHash(template: PodTemplateSpec, collisionCount = 0): string {
  const decimal = String(fnv32a(canonicalJson(template) + (collisionCount > 0 ? String(collisionCount) : '')));
  return safeEncode(decimal);
}

/** Whether two templates are the same but for their hash label (deploymentutil.EqualIgnoreHash). */
export function equalIgnoreHash(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return deepEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [POD_TEMPLATE_HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function fnv32a(text: string): number {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, FNV_PRIME) >>> 0;
  return hash;
}
