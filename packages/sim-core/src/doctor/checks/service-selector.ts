import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type Service, services } from '../../api/core-v1/service.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import { type Labels, matchesLabels } from '../../apimachinery/label-selector.ts';
import { editDistance } from '../../manifest/nearest.ts';
import type { DoctorFinding, ObjectName } from '../../wire.ts';
import { type Check, type Diagnosis, findingOf, line, nameOf, place, spell } from '../finding.ts';
import { backendsOf } from '../ingress-paths.ts';
import { refusedOf, toldRefused } from '../refused.ts';
import type { World } from '../world.ts';

/** Kinds that bring pods. */
const WORKLOADS = Object.freeze(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Pod']);

/** Services whose selector fits no pod: they have no endpoints. */
export const serviceSelector: Check = {
  name: 'SelectorMatchesNoPods',
  check: (world) => world.client.list(services).flatMap((service) => selectorFindings(service, world)),
};

/** Labels that pods have or will have, with their place. */
interface Labelled {
  readonly labels: Labels;
  readonly object: ObjectName;
  /** Field of the labels. */
  readonly field: string;
}

/** What is wrong with the selector of one Service. */
export function selectorFindings(service: Service, world: World): DoctorFinding[] {
  const { selector = {}, type } = service.spec;
  const namespace = service.metadata.namespace ?? '';
  if (type === 'ExternalName' || Object.keys(selector).length === 0) return [];
  if (podsOf(service, world).length > 0) return [];
  const templates = world.client.list(deployments, namespace);
  const waiting = templates.find(({ spec }) => matchesLabels(selector, spec.template.metadata?.labels));
  const found = waiting === undefined ? mismatch(service, world) : withoutPods(service, waiting, world);
  return [findingOf(found, world)];
}

/** Pods that a Service selects. */
export function podsOf({ metadata, spec }: Service, world: World): Pod[] {
  const selector = spec.selector ?? {};
  if (Object.keys(selector).length === 0) return [];
  return world.client.list(pods, metadata.namespace).filter((pod) => matchesLabels(selector, pod.metadata.labels));
}

function withoutPods(service: Service, deployment: Deployment, world: World): Diagnosis {
  const object = nameOf(deployment);
  const scaled = (deployment.spec.replicas ?? 1) === 0;
  const why = scaled
    ? `${spell(object)} is scaled to 0${place(world, object, 'spec.replicas')}`
    : `${spell(object)} has no pods yet`;
  const message = `${spell(nameOf(service))} has no endpoints: ${why}`;
  return {
    severity: scaled ? 'warning' : 'info',
    reason: 'NoPods',
    ...(scaled ? { object, field: 'spec.replicas' } : { object: nameOf(service), field: 'spec.selector' }),
    message,
    fix: scaled ? `Write "replicas: 1" or more at ${line(world, object, 'spec.replicas')}.` : 'Wait for its pods.',
  };
}

function mismatch(service: Service, world: World): Diagnosis {
  const object = nameOf(service);
  const { selector = {} } = service.spec;
  const base = {
    severity: isUsed(service, world) ? ('error' as const) : ('warning' as const),
    reason: 'SelectorMatchesNoPods',
    object,
  };
  const text = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const says = `${spell(object)} has no endpoints: no pod in namespace ${object.namespace} has the labels ${text}`;
  const missing = refusedOf(world, WORKLOADS, object.namespace);
  if (missing !== undefined) {
    const { because, fix } = toldRefused(missing);
    return { ...base, field: 'spec.selector', message: `${says}; ${because}`, fix };
  }
  const near = nearestLabels(selector, labelled(world, object.namespace));
  if (near === undefined)
    return {
      ...base,
      field: 'spec.selector',
      message: says + elsewhere(selector, world),
      fix: `Make ${line(world, object, 'spec.selector')} name labels that the pods have.`,
    };
  const [key, wanted] = Object.entries(selector).find(([name, value]) => near.labels[name] !== value) as [
    string,
    string,
  ];
  const has = near.labels[key];
  const field = `spec.selector.${key}`;
  const nearField = has === undefined ? near.field : `${near.field}.${key}`;
  const what = has === undefined ? `have no label ${key}` : `have ${key}=${has}`;
  const message = `${says}. The pods of ${spell(near.object)} come nearest: they ${what}${place(world, near.object, nearField)}, the Service wants ${key}=${wanted}${place(world, object, field)}`;
  const fix =
    has === undefined
      ? `Add "${key}: ${wanted}" to the labels at ${line(world, near.object, near.field)}.`
      : `Write "${key}: ${has}" at ${line(world, object, field)}.`;
  return { ...base, field, message, fix };
}

function elsewhere(selector: Labels, world: World): string {
  const pod = world.client.list(pods).find(({ metadata }) => matchesLabels(selector, metadata.labels));
  return pod === undefined
    ? ''
    : `. Pods with these labels run in namespace ${pod.metadata.namespace}, and a Service selects only pods of its own`;
}

function isUsed(service: Service, world: World): boolean {
  if (service.spec.type === 'LoadBalancer') return true;
  const { namespace, name } = service.metadata;
  return world.client
    .list(ingresses, namespace)
    .flatMap(backendsOf)
    .some(({ backend }) => backend.service?.name === name);
}

function labelled(world: World, namespace: string): Labelled[] {
  const templates = world.client.list(deployments, namespace).map((deployment) => ({
    labels: deployment.spec.template.metadata?.labels ?? {},
    object: nameOf(deployment),
    field: 'spec.template.metadata.labels',
  }));
  const bare = world.client
    .list(pods, namespace)
    .filter(({ metadata }) => (metadata.ownerReferences ?? []).length === 0)
    .map((pod) => ({ labels: pod.metadata.labels ?? {}, object: nameOf(pod), field: 'metadata.labels' }));
  return [...templates, ...bare];
}

/** The labels that differ least; undefined when none resemble the selector, by half at least where there is a choice. */
function nearestLabels(selector: Labels, candidates: readonly Labelled[]): Labelled | undefined {
  const entries = Object.entries(selector);
  const distance = ({ labels }: Labelled) =>
    entries.reduce(
      (sum, [key, value]) =>
        sum +
        (labels[key] === undefined ? 1 : Math.min(1, editDistance(value, labels[key]) / Math.max(1, value.length))),
      0,
    );
  const [best] = [...candidates].sort((a, b) => distance(a) - distance(b));
  if (best === undefined || distance(best) >= entries.length) return undefined;
  return candidates.length === 1 || distance(best) <= entries.length / 2 ? best : undefined;
}
