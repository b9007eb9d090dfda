import type { ObjectMeta } from '../../../apimachinery/object-meta.ts';
import { isDNS1123Label } from '../../../apimachinery/validation/names.ts';
import type { PodTemplateSpec } from '../pod.ts';
import type { Container } from './container.ts';
import type { PodSpec } from './pod-spec.ts';
import { warnOfContainers } from './warnings/containers.ts';
import { warnOfPlacement, warnOfTerms } from './warnings/placement.ts';
import { warnOfVolumes } from './warnings/volumes.ts';

/** Annotations that nobody reads any more. */
const DEPRECATED: Readonly<Record<string, string>> = Object.freeze({
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
});

/** A pod, or what makes pods. */
interface Warned {
  readonly metadata: ObjectMeta;
}

/**
 * What is odd about a pod without being wrong (pkg/api/pod/warnings.go).
 * @param path where the template stands; '' for pods themselves
 */
export function warnOfPod({ metadata, spec }: PodTemplateSpec, path: string): string[] {
  const prefix = path === '' ? '' : `${path}.`;
  const own = `${prefix}spec`;
  const { terminationGracePeriodSeconds: grace = 0 } = spec;
  const negative = 'must be >= 0; negative values are invalid and will be treated as 1';
  return [
    ...warnOfPlacement(spec, own),
    ...warnOfAnnotations(metadata?.annotations ?? {}, `${prefix}metadata.annotations`),
    ...warnOfVolumes(spec.volumes ?? [], `${own}.volumes`),
    ...warnOfRepeated(spec, own),
    ...warnOfContainers(containersOf(spec, own)),
    ...(grace < 0 ? [`${own}.terminationGracePeriodSeconds: ${negative}`] : []),
    ...warnOfTerms(spec.affinity ?? {}, `${own}.affinity`),
  ];
}

/**
 * What there is to say of a workload: of its name when it is new, of its template when it is new or changed.
 * @param path where the template stands
 */
export function warnOfWorkload(
  object: Warned,
  old: Warned | undefined,
  template: PodTemplateSpec,
  path: string,
): string[] {
  const changed = old === undefined || old.metadata.generation !== object.metadata.generation;
  return [
    ...(old === undefined ? warnOfName(object.metadata.name, 'Pod names and hostnames') : []),
    ...(changed ? warnOfPod(template, path) : []),
  ];
}

/** The name of what makes pods becomes part of host names; @param use what it is used in */
export function warnOfName(name: string, use: string): string[] {
  const messages = isDNS1123Label(name);
  if (messages.length === 0) return [];
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${messages.join(' ')}]`,
  ];
}

function warnOfAnnotations(annotations: Readonly<Record<string, string>>, path: string): string[] {
  const present = Object.keys(DEPRECATED).filter((key) => Object.hasOwn(annotations, key));
  return present.map((key) => `${path}[${key}]: ${DEPRECATED[key]}`);
}

/** Entries that name the same thing again. */
function warnOfRepeated({ hostAliases = [], imagePullSecrets = [] }: PodSpec, path: string): string[] {
  const names = imagePullSecrets.map(({ name = '' }) => name);
  const addresses = hostAliases.map(({ ip }) => ip);
  const again = (values: readonly string[], message: (value: string, i: number) => string): string[] =>
    values.flatMap((value, i) => (values.indexOf(value) < i ? [message(value, i)] : []));
  return [
    ...again(addresses, (ip, i) => `${path}.hostAliases[${i}].ip: duplicate ip "${ip}"`),
    ...again(names, (name, i) => `${path}.imagePullSecrets[${i}].name: duplicate name "${name}"`),
    ...names.flatMap((name, i) => (name === '' ? [`${path}.imagePullSecrets[${i}].name: invalid empty name ""`] : [])),
  ];
}

/** Every container with where it stands, in the order in which upstream visits them. */
function containersOf(spec: PodSpec, path: string): [Container, string][] {
  const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
  return lists.flatMap((list) =>
    (spec[list] ?? []).map((container, i): [Container, string] => [container, `${path}.${list}[${i}]`]),
  );
}
