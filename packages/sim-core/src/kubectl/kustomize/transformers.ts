import type { JsonObject } from '../json.ts';
import { at, isObject, object, objects, strings, text, withAt } from '../json.ts';
import { withHash } from './generators.ts';
import { renameReferences } from './name-references.ts';
import { kustomizeOrder } from './order.ts';

/** Kinds without a namespace (kustomize kyaml/openapi). */
export const CLUSTER_KINDS: ReadonlySet<string> = new Set(
  'APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding ComponentStatus CustomResourceDefinition FlowSchema IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass PriorityLevelConfiguration RuntimeClass StorageClass ValidatingAdmissionPolicy ValidatingWebhookConfiguration VolumeAttachment'.split(
    ' ',
  ),
);
/** Kinds whose name gets no prefix and no suffix (kustomize api/internal/konfig/builtinpluginconsts). */
const KEPT_NAMES: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);
const TEMPLATED: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'ReplicationController',
]);

/** Everything that a kustomization does to all objects, in kustomize's order: namespace, replicas, names, labels, annotations, images. */
export function transformed(kustomization: JsonObject, all: readonly JsonObject[]): JsonObject[] {
  const namespace = text(kustomization, 'namespace');
  const steps: ((value: JsonObject) => JsonObject)[] = [
    (value) => (namespace === '' ? value : withNamespace(value, namespace)),
    (value) => withReplicas(value, objects(kustomization, 'replicas')),
    (value) => withAffixes(value, text(kustomization, 'namePrefix'), text(kustomization, 'nameSuffix')),
    (value) => withLabels(value, strings(kustomization, 'commonLabels'), true, true),
    ...objects(kustomization, 'labels').map(
      (each) => (value: JsonObject) =>
        withLabels(
          value,
          strings(each, 'pairs'),
          at(each, 'includeSelectors') === true,
          at(each, 'includeTemplates') === true,
        ),
    ),
    (value) => withAnnotations(value, strings(kustomization, 'commonAnnotations')),
    (value) => withImages(value, objects(kustomization, 'images')) as JsonObject,
  ];
  const changed = all.map((value) => steps.reduce((each, step) => step(each), value));
  return renameReferences(all, changed, namespace);
}

/** The outermost layer adds the hashes of generated objects, and sorts. */
export function finished(all: readonly JsonObject[]): JsonObject[] {
  return kustomizeOrder(renameReferences(all, all.map(withHash), ''));
}

function withNamespace(value: JsonObject, namespace: string): JsonObject {
  const kind = text(value, 'kind');
  if (kind === 'Namespace') return withAt(value, ['metadata', 'name'], namespace);
  const placed = CLUSTER_KINDS.has(kind) ? value : withAt(value, ['metadata', 'namespace'], namespace);
  const subjects = objects(value, 'subjects');
  if (subjects.length === 0) return placed;
  const isDefault = (subject: JsonObject) =>
    text(subject, 'kind') === 'ServiceAccount' && text(subject, 'name') === 'default';
  return { ...placed, subjects: subjects.map((subject) => (isDefault(subject) ? { ...subject, namespace } : subject)) };
}

function withAffixes(value: JsonObject, prefix: string, suffix: string): JsonObject {
  if (KEPT_NAMES.has(text(value, 'kind')) || prefix + suffix === '') return value;
  return withAt(value, ['metadata', 'name'], `${prefix}${text(value, 'metadata', 'name')}${suffix}`);
}

function withLabels(
  value: JsonObject,
  pairs: Readonly<Record<string, string>>,
  selectors: boolean,
  templates: boolean,
): JsonObject {
  if (Object.keys(pairs).length === 0) return value;
  const add = (target: JsonObject, ...path: string[]) => withAt(target, path, { ...object(target, ...path), ...pairs });
  const kind = text(value, 'kind');
  let result = add(value, 'metadata', 'labels');
  if (
    selectors &&
    (kind === 'Service' || kind === 'ReplicationController') &&
    (kind !== 'Service' || isObject(at(value, 'spec', 'selector')))
  ) {
    result = add(result, 'spec', 'selector');
  }
  if (selectors && /^(Deployment|ReplicaSet|DaemonSet|StatefulSet)$/.test(kind))
    result = add(result, 'spec', 'selector', 'matchLabels');
  if (
    selectors &&
    /^(PodDisruptionBudget|Job)$/.test(kind) &&
    at(value, 'spec', 'selector', 'matchLabels') !== undefined
  ) {
    result = add(result, 'spec', 'selector', 'matchLabels');
  }
  if (selectors && kind === 'NetworkPolicy' && at(value, 'spec', 'podSelector', 'matchLabels') !== undefined) {
    result = add(result, 'spec', 'podSelector', 'matchLabels');
  }
  if (selectors || templates) {
    if (TEMPLATED.has(kind)) result = add(result, 'spec', 'template', 'metadata', 'labels');
    if (kind === 'CronJob')
      result = add(
        add(result, 'spec', 'jobTemplate', 'metadata', 'labels'),
        'spec',
        'jobTemplate',
        'spec',
        'template',
        'metadata',
        'labels',
      );
  }
  return result;
}

function withAnnotations(value: JsonObject, pairs: Readonly<Record<string, string>>): JsonObject {
  if (Object.keys(pairs).length === 0) return value;
  const add = (target: JsonObject, ...path: string[]) => withAt(target, path, { ...object(target, ...path), ...pairs });
  const kind = text(value, 'kind');
  const own = add(value, 'metadata', 'annotations');
  if (TEMPLATED.has(kind)) return add(own, 'spec', 'template', 'metadata', 'annotations');
  if (kind !== 'CronJob') return own;
  return add(
    add(own, 'spec', 'jobTemplate', 'metadata', 'annotations'),
    'spec',
    'jobTemplate',
    'spec',
    'template',
    'metadata',
    'annotations',
  );
}

/** Images of every `containers` and `initContainers`, wherever they stand (kustomize api/filters/imagetag). */
function withImages(value: unknown, images: readonly JsonObject[]): unknown {
  if (images.length === 0) return value;
  if (Array.isArray(value)) return value.map((each) => withImages(each, images));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => {
    const inner = withImages(each, images);
    const isList = (key === 'containers' || key === 'initContainers') && Array.isArray(inner);
    return [key, isList ? inner.map((container) => withImage(container, images)) : inner] as const;
  });
  return Object.fromEntries(entries);
}

function withImage(container: unknown, images: readonly JsonObject[]): unknown {
  if (!isObject(container) || typeof container['image'] !== 'string') return container;
  let image = container['image'];
  for (const each of images) {
    const [, name = '', rest = ''] = /^(.*?)((?::[\w.-]+)?(?:@[\w:]+)?)$/.exec(image) ?? [];
    if (name !== text(each, 'name')) continue;
    const [newName, newTag, digest] = [text(each, 'newName'), text(each, 'newTag'), text(each, 'digest')];
    const tail = digest !== '' ? `${newTag === '' ? '' : `:${newTag}`}@${digest}` : newTag === '' ? rest : `:${newTag}`;
    image = `${newName || name}${tail}`;
  }
  return { ...container, image };
}

function withReplicas(value: JsonObject, replicas: readonly JsonObject[]): JsonObject {
  const own = replicas.find((each) => text(each, 'name') === text(value, 'metadata', 'name'));
  const scales = /^(Deployment|ReplicaSet|StatefulSet|ReplicationController)$/.test(text(value, 'kind'));
  return own === undefined || !scales ? value : withAt(value, ['spec', 'replicas'], own['count']);
}
