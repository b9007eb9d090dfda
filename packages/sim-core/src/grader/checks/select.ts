import type { Service } from '../../api/core-v1/service.ts';
import { matchesLabels } from '../../apimachinery/label-selector.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { isFields } from '../../manifest/document.ts';
import { bound } from '../binding/binding.ts';
import { isRole } from '../binding/roles.ts';
import { imagesOf, isImage } from '../binding/runs-image.ts';
import type { ObjectSelector, Selector } from '../binding/selector.ts';
import { selects } from '../binding/selects.ts';
import { type CheckContext, playerOf } from './context.ts';

/** apiVersion of kinds whose selector names none. */
const USUAL_VERSION: Readonly<Record<string, string>> = Object.freeze({
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Ingress: 'networking.k8s.io/v1',
  IngressClass: 'networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  PodDisruptionBudget: 'policy/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
});

/** Objects that a selector means: the player of a role, or those of a kind that the student or the scenario has made. */
export async function selected(selector: Selector, context: CheckContext): Promise<KubeObject[]> {
  if (typeof selector === 'string') return [playerOf(context, selector)];
  const { kind, apiVersion = USUAL_VERSION[kind] ?? 'v1' } = selector;
  const all = await context.objects.list(apiVersion, kind);
  // What controllers make for the student (pods, EndpointSlices) stands in no file; infrastructure never counts.
  const own = all.filter((object) => isMeant(object, selector) && isOfStudent(object, context));
  return selector.image === undefined ? own : thatRun(selector.image, own, context);
}

/** Those whose pods run an image. */
async function thatRun(image: string, objects: readonly KubeObject[], context: CheckContext): Promise<KubeObject[]> {
  const runs = (object: KubeObject) => imagesOf(object).some((each) => isImage(each, image));
  const workloads = (await context.objects.workloads()).filter(runs);
  return objects.filter((object) =>
    object.kind === 'Service' ? workloads.some((workload) => selects(object as Service, workload)) : runs(object),
  );
}

function isMeant({ metadata }: KubeObject, { namespace, name, labels }: ObjectSelector): boolean {
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  if (name !== undefined && metadata.name !== name) return false;
  return labels === undefined || matchesLabels(labels, metadata.labels);
}

function isOfStudent(object: KubeObject, context: CheckContext): boolean {
  if (context.isCandidate(object)) return true;
  const namespaces = new Set(context.applied.map(({ key }) => key.namespace));
  return object.metadata.ownerReferences !== undefined && namespaces.has(object.metadata.namespace ?? '');
}

/** `$canary`, `Service web`, `Ingress`, `Service for the pods of netflix-frontend`. */
export function describeSelector(selector: Selector): string {
  if (typeof selector === 'string') return selector;
  const { kind, namespace, name, labels = {}, image } = selector;
  const place = namespace === undefined ? '' : `${namespace}/`;
  const label = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const pods = image === undefined ? '' : `${kind === 'Service' ? 'that selects the pods of' : 'that runs'} ${image}`;
  const labelled = label.length > 0 ? `with ${label.join(', ')}` : '';
  return [kind, `${place}${name ?? ''}`, labelled, pods].filter(Boolean).join(' ');
}

/** An expectation in which roles stand for the names of their players: `name: $mainService`. */
export function fillRoles(value: unknown, context: CheckContext): unknown {
  if (typeof value === 'string')
    return isRole(value) ? (bound(context.bindings[value])?.metadata.name ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => fillRoles(item, context));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillRoles(inner, context)]));
}
