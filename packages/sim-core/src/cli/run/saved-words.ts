import type { LedgerEntry } from '../../index.ts';

/** What to know of objects whose documents were deleted from the files: applying leaves them. */
export function goneWords(gone: readonly LedgerEntry[]): string {
  const names = gone.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  return `In no file any more, but still in the cluster: ${names}. Applying deletes nothing (nor does kubectl apply); r does.`;
}
