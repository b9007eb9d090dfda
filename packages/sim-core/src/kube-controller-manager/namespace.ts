import { type Namespace, namespaces } from '../api/core-v1/namespace.ts';
import { type Condition, withCondition } from '../apimachinery/condition.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { isStored, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject, NamespacedName } from '../apimachinery/object-meta.ts';
import type { Scheme } from '../apimachinery/scheme.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';
import { formatTime } from '../sim/clock.ts';

/**
 * Empties a namespace that is being deleted, and lets it go when nothing is left in it (pkg/controller/namespace).
 * @param scheme the kinds whose objects live in namespaces
 */
export function namespaceController(scheme: Scheme): Controller {
  const namespaced = () => scheme.storedKinds.filter((kind) => kind.namespaced && isStored(kind));
  return {
    name: 'namespace',
    component: 'namespace-controller',
    for: namespaces,
    get watches() {
      return namespaced().map((kind) => watching(kind, terminatingNamespaceOf, { onlyAfter: true }));
    },
    onWatchesChange: (changed) => scheme.onChange(changed),
    reconcile: (key, context) => reconcile(key, context, namespaced()),
  };
}

function reconcile({ name }: NamespacedName, context: Context, kinds: readonly Kind[]): void {
  const { client } = context;
  if (client.get(namespaces, '', name)?.metadata.deletionTimestamp === undefined) return;
  for (const kind of kinds)
    for (const { metadata } of client.list(kind, name)) {
      if (metadata.deletionTimestamp === undefined) client.delete(kind, name, metadata.name);
    }
  const left = kinds.flatMap((kind) => client.list(kind, name).map((object) => ({ kind, object })));
  const namespace = report(name, left, context);
  if (left.length === 0 && namespace !== undefined)
    client.finalize(namespaces, { ...namespace, spec: { finalizers: [] } });
}

interface Left {
  readonly kind: Kind;
  readonly object: KubeObject;
}

/** Says in the conditions what the namespace still waits for (namespaced_resources_deleter.go, namespace_conditions.go). */
function report(name: string, left: readonly Left[], { client, clock }: Context): Namespace | undefined {
  const namespace = client.get(namespaces, '', name);
  if (namespace === undefined) return undefined;
  const now = formatTime(clock.now());
  const said = [...NOTHING_FAILED, remaining(left), finalizersRemaining(left)];
  const conditions = said.reduce(
    (list: Condition[] | undefined, each) => withCondition(list, each, now),
    namespace.status?.conditions,
  );
  const status: NonNullable<Namespace['status']> = { phase: 'Terminating', ...(conditions && { conditions }) };
  return deepEqual(status, namespace.status) ? namespace : client.updateStatus(namespaces, { ...namespace, status });
}

const NOTHING_FAILED: readonly Condition[] = Object.freeze([
  statement(
    'NamespaceDeletionDiscoveryFailure',
    'False',
    'ResourcesDiscovered',
    'All resources successfully discovered',
  ),
  statement(
    'NamespaceDeletionGroupVersionParsingFailure',
    'False',
    'ParsedGroupVersions',
    'All legacy kube types successfully parsed',
  ),
  statement(
    'NamespaceDeletionContentFailure',
    'False',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ),
]);

function remaining(left: readonly Left[]): Condition {
  if (left.length === 0)
    return statement('NamespaceContentRemaining', 'False', 'ContentRemoved', 'All content successfully removed');
  const counts = tally(left.map(({ kind }) => `${kind.resource}.${kind.group}`));
  const list = counts.map(([resource, count]) => `${resource} has ${count} resource instances`).join(', ');
  return statement('NamespaceContentRemaining', 'True', 'SomeResourcesRemain', `Some resources are remaining: ${list}`);
}

function finalizersRemaining(left: readonly Left[]): Condition {
  const counts = tally(left.flatMap(({ object }) => object.metadata.finalizers ?? []));
  if (counts.length === 0) {
    return statement(
      'NamespaceFinalizersRemaining',
      'False',
      'ContentHasNoFinalizers',
      'All content-preserving finalizers finished',
    );
  }
  const list = counts.map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).join(', ');
  return statement(
    'NamespaceFinalizersRemaining',
    'True',
    'SomeFinalizersRemain',
    `Some content in the namespace has finalizers remaining: ${list}`,
  );
}

function statement(type: string, status: 'True' | 'False', reason: string, message: string): Condition {
  return { type, status, reason, message };
}

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function terminatingNamespaceOf({ metadata }: KubeObject, { client }: Context): NamespacedName[] {
  const name = metadata.namespace ?? '';
  const terminating = client.get(namespaces, '', name)?.metadata.deletionTimestamp !== undefined;
  return terminating ? [{ namespace: '', name }] : [];
}
