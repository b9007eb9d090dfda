import type { ControllerRevision } from '../../api/apps-v1/controller-revision.ts';
import type { StatefulSet } from '../../api/apps-v1/stateful-set.ts';
import { newControllerRef } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';
import { createRevision, isCurrent, renumber, templatePatch } from '../history/history.ts';
import { hashRevision } from '../history/revision-hash.ts';

/** Label with the hash in the revision's name (history.ControllerRevisionHashLabel). */
const HASH_LABEL = 'controller.kubernetes.io/hash';

/** From which revision to which the set goes; both the same when nothing is under way. */
export interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  readonly collisionCount: number;
}

/**
 * The revisions of the set's status and of its template. A template that was there before gets its revision back, under
 * the next number; a new one gets a new revision (getStatefulSetRevisions).
 * @param revisions oldest first
 */
export function revisionsFor(set: StatefulSet, revisions: readonly ControllerRevision[], client: Client): Revisions {
  const collisionCount = set.status?.collisionCount ?? 0;
  const next = (revisions.at(-1)?.revision ?? 0) + 1;
  const newest = revisions.at(-1);
  const equal = revisions.findLast((revision) => isCurrent(revision, set));
  const found =
    equal === undefined
      ? createRevision((count) => newRevision(set, next, count), collisionCount, client)
      : { revision: equal === newest ? equal : renumber(equal, next, client), collisionCount };
  const update = found.revision;
  const current = revisions.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
  return {
    current: current.metadata.uid === update.metadata.uid ? update : current,
    update,
    collisionCount: found.collisionCount,
  };
}

/** `newRevision`, history.NewControllerRevision */
function newRevision(set: StatefulSet, revision: number, collisionCount: number): ControllerRevision {
  const data = templatePatch(set);
  const hash = hashRevision(data, collisionCount);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${set.metadata.name}-${hash}`,
      namespace: set.metadata.namespace ?? '',
      labels: { ...set.spec.template.metadata?.labels, [HASH_LABEL]: hash },
      ...(set.metadata.annotations && { annotations: set.metadata.annotations }),
      ownerReferences: [newControllerRef(set)],
    },
    data,
    revision,
  };
}
