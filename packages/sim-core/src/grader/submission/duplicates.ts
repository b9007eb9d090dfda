import { deepEqual } from '../../apimachinery/deep.ts';
import type { ManifestFinding } from '../site.ts';
import type { AppliedDocument } from './apply.ts';
import { keyText } from './object-key.ts';

/** The same object twice: which one counts depends on the order of files, so one of them is a mistake. */
export function duplicateFindings(applied: readonly AppliedDocument[]): ManifestFinding[] {
  const first = new Map<string, AppliedDocument>();
  return applied.flatMap((each): ManifestFinding[] => {
    const key = keyText(each.key);
    const before = first.get(key);
    first.set(key, before ?? each);
    if (before === undefined || each.key.name === '') return [];
    const { file, line, value } = each.document;
    const same = deepEqual(value, before.document.value);
    const { kind, name } = each.key;
    const place = `${before.document.file}:${before.document.line}`;
    return [
      {
        severity: same ? 'warning' : 'error',
        reason: 'DuplicateObject',
        message: `${kind} ${name} stands here and in ${place}${same ? '' : ', and the two differ'}`,
        fix: 'Keep one of them.',
        file,
        line,
      },
    ];
  });
}
