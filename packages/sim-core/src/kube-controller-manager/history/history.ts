import { type ControllerRevision, controllerRevisions } from '../../api/apps-v1/controller-revision.ts';
import type { PodTemplateSpec } from '../../api/core-v1/pod.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { type LabelSelector, matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerOf, type KubeObject } from '../../apimachinery/object-meta.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import type { Client } from '../../client/client.ts';
import { claim, orphansBeside } from '../controller-ref-manager.ts';

/* The states that a StatefulSet or DaemonSet can be taken back to (pkg/controller/history/controller_history.go). */

/** What keeps revisions of its template. */
export interface Revisioned extends KubeObject {
  spec: { selector: LabelSelector; template: PodTemplateSpec };
}

interface TemplatePatch {
  spec: { template: PodTemplateSpec & { $patch: 'replace' } };
}

/** The strategic merge patch that brings the template back (getPatch). */
export function templatePatch({ spec }: Revisioned): TemplatePatch {
  return { spec: { template: { ...spec.template, $patch: 'replace' } } };
}

/** The template that a revision keeps (ApplyRevision). */
export function templateIn({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _directive, ...template } = (data as TemplatePatch).spec.template;
  return template;
}

/** The owner's revisions, oldest first; orphans that it selects are adopted (SortControllerRevisions). */
export function revisionsOf(owner: Revisioned, client: Client): ControllerRevision[] {
  const claimed = claim(
    owner,
    {
      kind: controllerRevisions,
      owned: client.listControlledBy(controllerRevisions, owner),
      orphans: orphansBeside(owner, controllerRevisions, client),
      matches: ({ metadata }: ControllerRevision) => matchesSelector(owner.spec.selector, metadata.labels),
    },
    client,
  );
  return claimed.toSorted((a, b) => a.revision - b.revision || (ageOf(a) < ageOf(b) ? -1 : 1));
}

/** Whether the revision keeps the owner's template as it is now. */
export function isCurrent(revision: ControllerRevision, owner: Revisioned): boolean {
  return deepEqual(revision.data, templatePatch(owner));
}

/** Writes a revision under another number, unless it has it already. */
export function renumber(revision: ControllerRevision, number: number, client: Client): ControllerRevision {
  if (revision.revision === number) return revision;
  return client.update(controllerRevisions, { ...revision, revision: number });
}

/**
 * Stores a revision. Another one of that name that keeps something else is a collision of hashes: the next count gives
 * another name.
 * @param make the revision for a collision count
 * @throws StatusError
 */
export function createRevision(
  make: (collisionCount: number) => ControllerRevision,
  collisionCount: number,
  client: Client,
): { revision: ControllerRevision; collisionCount: number } {
  for (let count = collisionCount; ; count++) {
    const wanted = make(count);
    try {
      return { revision: client.create(controllerRevisions, wanted), collisionCount: count };
    } catch (error) {
      if (!(error instanceof StatusError) || error.status.reason !== 'AlreadyExists') throw error;
      const { namespace = '', name } = wanted.metadata;
      const existing = client.get(controllerRevisions, namespace, name);
      const same = existing !== undefined && deepEqual(existing.data, wanted.data);
      if (same && controllerOf(existing)?.uid === controllerOf(wanted)?.uid) {
        return { revision: existing, collisionCount: count };
      }
    }
  }
}

/** Deletes the oldest revisions beyond the limit; those in use do not count (truncateHistory). */
export function truncateHistory(
  revisions: readonly ControllerRevision[],
  isInUse: (revision: ControllerRevision) => boolean,
  limit: number,
  client: Client,
): void {
  const past = revisions.filter((revision) => !isInUse(revision));
  if (limit < 0) return;
  for (const { metadata } of past.slice(0, Math.max(0, past.length - limit))) {
    client.delete(controllerRevisions, metadata.namespace ?? '', metadata.name);
  }
}

function ageOf({ metadata }: ControllerRevision): string {
  return `${metadata.creationTimestamp} ${metadata.name}`;
}
