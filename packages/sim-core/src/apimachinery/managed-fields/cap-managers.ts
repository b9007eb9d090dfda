import { union } from './field-set.ts';
import { type Manager, type Managers, managerId, secondsOf } from './managers.ts';

/** The most entries of updates that an object keeps (DefaultMaxUpdateManagers). */
const MAX_UPDATE_MANAGERS = 10;
const OLD_UPDATES = 'ancient-changes';

/** Joins the oldest entries of updates while there are too many, those of one version together (capmanagers.go). */
export function capManagers(managers: Managers): Managers {
  const updates = [...managers].filter(([, { operation }]) => operation === 'Update');
  let excess = updates.length - MAX_UPDATE_MANAGERS;
  if (excess <= 0) return managers;
  updates.sort(([a, left], [b, right]) => secondsOf(left) - secondsOf(right) || (a < b ? -1 : 1));
  const result = new Map(managers);
  const first = new Map<string, string>();
  for (const [id, manager] of updates) {
    if (excess <= 0) break;
    const { apiVersion } = manager;
    const firstId = first.get(apiVersion);
    if (firstId === undefined) first.set(apiVersion, id);
    else if (join(result, firstId, id, manager)) excess--;
  }
  return result;
}

/** Moves the first entry of the version into the bucket where that is not done, and this one after it. */
function join(managers: Map<string, Manager>, firstId: string, id: string, manager: Manager): boolean {
  const bucket = { name: OLD_UPDATES, operation: 'Update', apiVersion: manager.apiVersion, subresource: '' } as const;
  const bucketId = managerId(bucket);
  const old = managers.get(bucketId) ?? managers.get(firstId);
  if (old === undefined) return false;
  if (!managers.has(bucketId)) managers.delete(firstId);
  managers.delete(id);
  const time = manager.time === undefined ? {} : { time: manager.time };
  managers.set(bucketId, { ...bucket, ...time, fields: union(manager.fields, old.fields) });
  return true;
}
