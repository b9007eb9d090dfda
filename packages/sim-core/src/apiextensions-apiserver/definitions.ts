import {
  CLEANUP_FINALIZER,
  type CustomResourceDefinition,
  type CustomResourceDefinitionNames,
  customResourceDefinitions,
} from '../api/apiextensions-v1/custom-resource-definition.ts';
import { type Condition, isConditionTrue, withCondition } from '../apimachinery/condition.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { groupResource, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject, NamespacedName } from '../apimachinery/object-meta.ts';
import type { Scheme } from '../apimachinery/scheme.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';
import { formatTime } from '../sim/clock.ts';
import { approvalCondition, DELETION_IN_PROGRESS, establishedCondition } from './conditions.ts';
import { customKinds } from './custom-kinds.ts';
import { acceptNames } from './names.ts';

/** What a definition has brought into the scheme. */
interface Served {
  readonly spec: CustomResourceDefinition['spec'];
  readonly names: CustomResourceDefinitionNames;
  readonly kinds: readonly Kind[];
}

/** What the controller works with. */
interface Definitions {
  readonly scheme: Scheme;
  readonly served: Map<string, Served>;
}

/**
 * Serves the kinds of CustomResourceDefinitions while they are there, and takes the objects along when one goes: the
 * controllers that a kube-apiserver runs itself (apiextensions-apiserver/pkg/controller/{status,establish,finalizer}).
 */
export function definitionsController(scheme: Scheme): Controller {
  const definitions: Definitions = { scheme, served: new Map() };
  return {
    name: 'customresourcedefinition',
    component: 'apiserver',
    for: customResourceDefinitions,
    get watches() {
      const custom = scheme.storedKinds.filter(({ isCustom }) => isCustom === true);
      return [
        watching(customResourceDefinitions, rivalsOf),
        ...custom.map((kind) => watching(kind, (_object: KubeObject, context) => goingDefinition(kind, context))),
      ];
    },
    onWatchesChange: (changed) => scheme.onChange(changed),
    reconcile: ({ name }, context) => reconcile(name, context, definitions),
  };
}

/** Definitions of the group that wait for names. */
function rivalsOf({ metadata, spec }: CustomResourceDefinition, { client }: Context): NamespacedName[] {
  return client
    .list(customResourceDefinitions)
    .filter((other) => other.spec.group === spec.group && other.metadata.name !== metadata.name)
    .filter(({ status }) => !isConditionTrue(status?.conditions, 'NamesAccepted'))
    .map((other) => ({ namespace: '', name: other.metadata.name }));
}

function goingDefinition(kind: Kind, { client }: Context): NamespacedName[] {
  const name = groupResource(kind);
  const isGoing = client.get(customResourceDefinitions, '', name)?.metadata.deletionTimestamp !== undefined;
  return isGoing ? [{ namespace: '', name }] : [];
}

function reconcile(name: string, context: Context, definitions: Definitions): void {
  const definition = context.client.get(customResourceDefinitions, '', name);
  if (definition === undefined) return withdraw(name, definitions);
  if (definition.metadata.deletionTimestamp !== undefined) return cleanUp(definition, context, definitions);
  const { status } = withNames(definition, context);
  const { acceptedNames } = status ?? {};
  if (!isConditionTrue(status?.conditions, 'Established') || !acceptedNames?.plural || !acceptedNames.kind) return;
  serve(definition, acceptedNames as CustomResourceDefinitionNames, definitions);
}

/** Writes down which names are accepted and whether the kinds are served. */
function withNames(definition: CustomResourceDefinition, { client, clock }: Context): CustomResourceDefinition {
  const others = client
    .list(customResourceDefinitions)
    .filter(({ spec, metadata }) => spec.group === definition.spec.group && metadata.name !== definition.metadata.name);
  const { accepted, condition } = acceptNames(definition, others);
  const said = [...approvalCondition(definition), condition, establishedCondition(definition, condition)];
  const now = formatTime(clock.now());
  const conditions = said.reduce<Condition[]>(
    (list, each) => withCondition(list, each, now),
    definition.status?.conditions ?? [],
  );
  const status = { ...definition.status, conditions, acceptedNames: accepted };
  if (deepEqual(status, definition.status)) return definition;
  return client.updateStatus(customResourceDefinitions, { ...definition, status });
}

function serve(
  definition: CustomResourceDefinition,
  names: CustomResourceDefinitionNames,
  { scheme, served }: Definitions,
): void {
  const { name } = definition.metadata;
  const before = served.get(name);
  if (before !== undefined && deepEqual(before.spec, definition.spec) && deepEqual(before.names, names)) return;
  const kinds = customKinds(definition, names);
  served.set(name, { spec: definition.spec, names, kinds });
  if (before !== undefined) scheme.remove(before.kinds);
  scheme.add(kinds);
}

function withdraw(name: string, { scheme, served }: Definitions): void {
  const before = served.get(name);
  if (before === undefined) return;
  served.delete(name);
  scheme.remove(before.kinds);
}

/** Deletes the objects of a definition that is going, and lets it go when there are none left. */
function cleanUp(definition: CustomResourceDefinition, { client, clock }: Context, { served }: Definitions): void {
  const { metadata, status = {} } = definition;
  if (metadata.finalizers?.includes(CLEANUP_FINALIZER) !== true) return;
  const kind = served.get(metadata.name)?.kinds.map((each) => each.stored?.kind ?? each)[0];
  const objects = kind === undefined ? [] : client.list(kind);
  for (const { metadata: each } of objects) {
    if (each.deletionTimestamp === undefined && kind !== undefined)
      client.delete(kind, each.namespace ?? '', each.name);
  }
  const isEmpty = kind === undefined || client.list(kind).length === 0;
  if (isEmpty) {
    const finalizers = metadata.finalizers.filter((finalizer) => finalizer !== CLEANUP_FINALIZER);
    client.update(customResourceDefinitions, { ...definition, metadata: { ...metadata, finalizers } });
    return;
  }
  const conditions = withCondition(status.conditions, DELETION_IN_PROGRESS, formatTime(clock.now()));
  const next = { ...definition, status: { ...status, conditions } };
  if (!deepEqual(next, definition)) client.updateStatus(customResourceDefinitions, next);
}
