import type { Pod } from '../pod.ts';

/** Names of the PersistentVolumeClaims that a pod's volumes are made of. */
export function claimsOf({ spec }: Pod): string[] {
  // A plain loop: this is asked of every pod that changes.
  const names: string[] = [];
  for (const { persistentVolumeClaim } of spec.volumes ?? []) {
    const name = (persistentVolumeClaim as { claimName?: string } | undefined)?.claimName;
    if (name !== undefined) names.push(name);
  }
  return names;
}
