import type { ControllerRevision } from '../../api/apps-v1/controller-revision.ts';
import { type DaemonSet, daemonSets } from '../../api/apps-v1/daemon-set.ts';
import { newControllerRef } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';
import { createRevision, isCurrent, renumber, templatePatch } from '../history/history.ts';
import { computeHash } from '../pod-template-hash.ts';
import { HASH_LABEL } from './daemon-sync.ts';

/** What is kept of the template that the DaemonSet has now, and the DaemonSet, whose collision count may have risen (constructHistory). */
export function currentRevision(
  daemonSet: DaemonSet,
  revisions: readonly ControllerRevision[],
  client: Client,
): { daemonSet: DaemonSet; revision: ControllerRevision } {
  const known = revisions.findLast((revision) => isCurrent(revision, daemonSet));
  const next = revisions.reduce((most, each) => (each === known ? most : Math.max(most, each.revision)), 0) + 1;
  if (known !== undefined) {
    return { daemonSet, revision: known.revision < next ? renumber(known, next, client) : known };
  }
  const before = daemonSet.status?.collisionCount ?? 0;
  const { revision, collisionCount } = createRevision((count) => snapshot(daemonSet, next, count), before, client);
  if (collisionCount === before || daemonSet.status === undefined) return { daemonSet, revision };
  const status = { ...daemonSet.status, collisionCount };
  return { daemonSet: client.updateStatus(daemonSets, { ...daemonSet, status }), revision };
}

/** The hash of the template that a revision keeps. */
export function hashOf({ metadata }: ControllerRevision): string {
  return metadata.labels?.[HASH_LABEL] ?? '';
}

function snapshot(daemonSet: DaemonSet, revision: number, collisionCount: number): ControllerRevision {
  const { metadata, spec } = daemonSet;
  const hash = computeHash(spec.template, collisionCount);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace ?? '',
      labels: { ...spec.template.metadata?.labels, [HASH_LABEL]: hash },
      ...(metadata.annotations && { annotations: metadata.annotations }),
      ownerReferences: [newControllerRef(daemonSet)],
    },
    data: templatePatch(daemonSet),
    revision,
  };
}
