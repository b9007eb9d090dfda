import { type Namespace, namespaces } from '../../../api/core-v1/namespace.ts';
import { type Pod, type PodTemplateSpec, pods } from '../../../api/core-v1/pod.ts';
import { deepEqual } from '../../../apimachinery/deep.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';
import { newInvalid } from '../../../apimachinery/status-error.ts';
import type { Store } from '../../../etcd/store.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from '../admission.ts';
import { BASELINE } from './baseline.ts';
import type { Check, Checked, Forbidden } from './check.ts';
import { RESTRICTED } from './restricted.ts';

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly string[] = Object.freeze(['privileged', 'baseline', 'restricted']);
const CHECKS: Readonly<Record<string, readonly Check[]>> = Object.freeze({
  privileged: Object.freeze([]),
  baseline: BASELINE,
  restricted: RESTRICTED,
});
/** Kinds with a pod template, whose pods are warned of before there are any (defaultPodSpecExtractor). */
const WITH_TEMPLATE: readonly string[] = Object.freeze([
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicationController'],
]);

/** What a label of the namespace asks for. */
interface Policy {
  readonly level: string;
  /** `latest`, or `v1.30`. */
  readonly version: string;
}

/**
 * Holds pods to the Pod Security Standards that their namespace's labels name
 * (k8s.io/pod-security-admission/admission/admission.go): `enforce` refuses, `warn` warns. The newest controls count
 * whatever version a label names.
 */
export const podSecurity: AdmissionPlugin = Object.freeze({
  name: 'PodSecurity',
  validate(request: AdmissionRequest): void {
    if (request.operation === 'DELETE') return;
    if (request.kind === namespaces) return checkNamespace(request);
    const namespace = namespaceOf(request);
    const labels = namespace?.metadata.labels;
    if (labels === undefined || !hasPolicy(labels)) return;
    if (request.kind === pods) checkPod(request, labels);
    else if (WITH_TEMPLATE.includes(request.kind.kind)) warnOf(request, labels, templateOf(request.object));
  },
});

type Labels = Readonly<Record<string, string>>;

function namespaceOf({ kind, object, store }: AdmissionRequest): Namespace | undefined {
  if (!kind.namespaced) return undefined;
  return store.get(namespaces.resource, '', object.metadata.namespace ?? '') as Namespace | undefined;
}

function hasPolicy(labels: Labels): boolean {
  for (const name in labels) if (name.startsWith(PREFIX)) return true;
  return false;
}

function policyOf(labels: Labels, mode: 'enforce' | 'warn'): Policy {
  const level = labels[`${PREFIX}${mode}`] ?? 'privileged';
  return {
    level: LEVELS.includes(level) ? level : 'restricted',
    version: labels[`${PREFIX}${mode}-version`] ?? 'latest',
  };
}

/** Only what an update may change of a pod's containers counts (isSignificantPodUpdate). */
function checkPod(request: AdmissionRequest, labels: Labels): void {
  const { object, old } = request;
  const images = (pod: Pod) => [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map(({ image }) => image);
  if (old !== undefined && deepEqual(images(object as Pod), images(old as Pod))) return;
  const policy = policyOf(labels, 'enforce');
  const found = evaluate(policy, object as Pod);
  if (found.length > 0) throw forbiddenBy(request, `violates PodSecurity ${inWords(policy, found)}`);
  warnOf(request, labels, object as Pod);
}

function warnOf(request: AdmissionRequest, labels: Labels, pod: Checked | undefined): void {
  const policy = policyOf(labels, 'warn');
  const found = pod === undefined ? [] : evaluate(policy, pod);
  if (found.length > 0) request.warn?.(`would violate PodSecurity ${inWords(policy, found)}`);
}

function templateOf(object: KubeObject): Checked | undefined {
  const { spec } = object as KubeObject & {
    spec?: { template?: PodTemplateSpec; jobTemplate?: { spec?: { template?: PodTemplateSpec } } };
  };
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
  return template?.spec && { spec: template.spec, metadata: template.metadata ?? {} };
}

function evaluate({ level }: Policy, pod: Checked): Forbidden[] {
  return (CHECKS[level] ?? []).flatMap((check) => check(pod) ?? []);
}

/** `"restricted:latest": privileged (container "web" …), …` */
function inWords({ level, version }: Policy, found: readonly Forbidden[]): string {
  const texts = found.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`));
  return `"${level}:${version}": ${texts.join(', ')}`;
}

/** Labels have to be right; pods that are there and would not be let in any more are told of (ValidateNamespace). */
function checkNamespace(request: AdmissionRequest): void {
  const labels = request.object.metadata.labels ?? {};
  refuseInvalidLabels(request, labels);
  if (request.old === undefined) return;
  const [next, last] = [policyOf(labels, 'enforce'), policyOf(request.old.metadata.labels ?? {}, 'enforce')];
  if (deepEqual(next, last) || LEVELS.indexOf(next.level) <= LEVELS.indexOf(last.level)) return;
  for (const text of violatingPods(request.store, request.object.metadata.name, next)) request.warn?.(text);
}

function refuseInvalidLabels({ kind, object }: AdmissionRequest, labels: Labels): void {
  const errors = (['enforce', 'audit', 'warn'] as const).flatMap((mode) => {
    const { [`${PREFIX}${mode}`]: level, [`${PREFIX}${mode}-version`]: version } = labels;
    const path = (name: string) => `metadata.labels[${PREFIX}${name}]`;
    return [
      ...(level === undefined || LEVELS.includes(level)
        ? []
        : [invalid(path(mode), level, `must be one of ${LEVELS.join(', ')}`)]),
      ...(version === undefined || version === 'latest' || /^v1\.\d+$/.test(version)
        ? []
        : [invalid(path(`${mode}-version`), version, 'must be "latest" or "v1.x"')]),
    ];
  });
  if (errors.length > 0) throw newInvalid(kind, object.metadata.name, errors);
}

/** One line for each set of reasons, under the first pod that has them (EvaluatePodsInNamespace). */
function violatingPods(store: Store, namespace: string, policy: Policy): string[] {
  const byReasons = new Map<string, string[]>();
  for (const pod of store.list(pods.resource, namespace) as Pod[]) {
    const reasons = evaluate(policy, pod).map(({ reason }) => reason);
    if (reasons.length === 0) continue;
    const key = reasons.join(', ');
    byReasons.set(key, [...(byReasons.get(key) ?? []), pod.metadata.name]);
  }
  if (byReasons.size === 0) return [];
  const level = `${policy.level}:${policy.version}`;
  const head = `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${level}"`;
  const lines = [...byReasons].map(([reasons, [first = '', ...others]]) => {
    const more = others.length === 0 ? '' : ` (and ${others.length} other ${plural(others.length)})`;
    return `${first}${more}: ${reasons}`;
  });
  return [head, ...lines.sort()];
}

function plural(count: number): string {
  return count === 1 ? 'pod' : 'pods';
}
