import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { formatLabelSelector } from '../../apimachinery/label-selector.ts';
import { strategicMergePatch } from '../../apimachinery/patch/strategic-merge-patch.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { number, object, objects, strings, text, withAt } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import type { Found } from '../resource-args.ts';

/** One revision of a workload: its pod template, and why it came to be. */
export interface Revision {
  readonly revision: number;
  readonly cause: string;
  /** pod-template-hash of its ReplicaSet; '' without. */
  readonly hash: string;
  readonly template: JsonObject;
  readonly annotations: Readonly<Record<string, string>>;
}

const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';

/** Revisions, the oldest first (kubectl/pkg/polymorphichelpers/history.go). @throws KubectlError for kinds without */
export async function revisionsOf(context: KubectlContext, found: Found): Promise<Revision[]> {
  const { kind } = found.resource;
  if (kind === 'Deployment') return replicaSetRevisions(context, found);
  if (kind === 'DaemonSet' || kind === 'StatefulSet') return controllerRevisions(context, found);
  throw failure(`no history viewer has been implemented for "${kind}"`);
}

async function ownedBy(context: KubectlContext, found: Found, word: string): Promise<JsonObject[]> {
  const resource = (await context.mapper()).expect(word);
  const selector = formatLabelSelector(object(found.object, 'spec', 'selector'));
  const list = await context.client.get({ resource, namespace: found.namespace }, { labelSelector: selector });
  const uid = text(found.object, 'metadata', 'uid');
  return objects(list, 'items').filter((each) =>
    objects(each, 'metadata', 'ownerReferences').some((owner) => owner['uid'] === uid),
  );
}

async function replicaSetRevisions(context: KubectlContext, found: Found): Promise<Revision[]> {
  const sets = await ownedBy(context, found, 'replicasets.apps');
  const revisions = sets.map((set): Revision => {
    const annotations = strings(set, 'metadata', 'annotations');
    const template = object(set, 'spec', 'template');
    const cause = annotations[CAUSE] ?? '';
    return {
      revision: Number(annotations[REVISION] ?? 0),
      cause,
      hash: text(template, 'metadata', 'labels', 'pod-template-hash'),
      annotations,
      template: withoutHash(template),
    };
  });
  return revisions.sort((a, b) => a.revision - b.revision);
}

function withoutHash(template: JsonObject): JsonObject {
  return withAt(template, ['metadata', 'labels', 'pod-template-hash'], undefined);
}

async function controllerRevisions(context: KubectlContext, found: Found): Promise<Revision[]> {
  const type = createSchema(() => SCHEMA_JSON).kind('apps/v1', found.resource.kind);
  const all = await ownedBy(context, found, 'controllerrevisions.apps');
  const revisions = all.map((each): Revision => {
    const merged = strategicMergePatch(type, found.object, object(each, 'data'));
    const annotations = strings(each, 'metadata', 'annotations');
    return {
      revision: number(each, 'revision'),
      cause: annotations[CAUSE] ?? '',
      hash: '',
      annotations,
      template: object(merged, 'spec', 'template'),
    };
  });
  return revisions.sort((a, b) => a.revision - b.revision);
}
