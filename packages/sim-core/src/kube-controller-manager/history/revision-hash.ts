import { safeEncode } from '../safe-encode.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The hash in the name of a StatefulSet's revision: FNV-32 over the patch as Go's JSON and the collision count
 * (history.HashControllerRevision). It is the real cluster's.
 */
export function hashRevision(data: unknown, collisionCount: number): string {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(goJson(data) + String(collisionCount))) {
    hash = (Math.imul(hash, FNV_PRIME) ^ byte) >>> 0;
  }
  return safeEncode(String(hash));
}

/** JSON as encoding/json writes a map: keys sorted, and what HTML would mind escaped. */
function goJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, part) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return text.replace(/[<>&\u2028\u2029]/g, (rune) => `\\u${rune.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
