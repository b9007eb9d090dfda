import { isFields, type ManifestDocument } from '../../manifest/document.ts';
import { formatPlace } from '../../manifest/problem.ts';
import type { SubmissionFinding } from './finding.ts';
import { withoutServerOwned } from './server-owned.ts';

/**
 * Objects that stand in the submission twice, each as a finding that names both places. Two that say the same do no harm;
 * of two that differ nobody can say which one is meant, because the order of files never matters.
 */
export function duplicates(documents: readonly ManifestDocument[]): SubmissionFinding[] {
  const first = new Map<string, ManifestDocument>();
  return documents.flatMap((document) => {
    const key = keyOf(document);
    if (key === undefined) return [];
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, document);
      return [];
    }
    return [describe(document, before)];
  });
}

function describe(document: ManifestDocument, before: ManifestDocument): SubmissionFinding {
  const isSame = canonical(withoutServerOwned(document.value)) === canonical(withoutServerOwned(before.value));
  const places = `${formatPlace(before.file, before)} and ${formatPlace(document.file, document)}`;
  const difference = isSame ? 'and says the same' : 'and they differ';
  return {
    severity: isSame ? 'warning' : 'error',
    reason: 'SameObjectTwice',
    message: `${nameOf(document)} stands twice, ${difference}: ${places}`,
    file: document.file,
    line: document.line,
    hint: isSame ? 'Keep one of them.' : 'Keep the one that you mean: kubectl apply would let the last one win.',
  };
}

/** What makes two documents one object for the API server: group and kind, namespace, name. */
function keyOf({ value }: ManifestDocument): string | undefined {
  const { name, namespace = 'default' } = isFields(value['metadata']) ? value['metadata'] : {};
  if (typeof name !== 'string') return undefined;
  const group = value.apiVersion.includes('/') ? value.apiVersion.split('/')[0] : '';
  return JSON.stringify([group, value.kind, namespace, name]);
}

function nameOf({ value }: ManifestDocument): string {
  const { name, namespace } = value['metadata'] as { name: string; namespace?: unknown };
  return `${value.kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${name}`;
}

/** JSON with the keys of every mapping in one order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, child) =>
    isFields(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : child,
  );
}
