import type { Kind } from '../../apimachinery/kind.ts';
import type { Scheme } from '../../apimachinery/scheme.ts';
import { SUBRESOURCES } from '../subresources/index.ts';

/** One version of an API group with its kinds. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly kinds: readonly Kind[];
}

/** A group; its first version is the preferred one. */
export interface ApiGroup {
  readonly name: string;
  readonly versions: readonly GroupVersion[];
}

/** The groups of Kubernetes in the order in which a real server lists them; others come behind (apiservice priorities). */
const ORDER: readonly string[] = Object.freeze([
  ...['', 'apiregistration.k8s.io', 'apps', 'events.k8s.io', 'authentication.k8s.io', 'authorization.k8s.io'],
  ...['autoscaling', 'batch', 'certificates.k8s.io', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io'],
  ...['storage.k8s.io', 'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'scheduling.k8s.io'],
  ...['coordination.k8s.io', 'node.k8s.io', 'discovery.k8s.io', 'flowcontrol.apiserver.k8s.io'],
]);

/** The verbs of a stored kind, in discovery's order. */
const ALL_VERBS: readonly string[] = Object.freeze([
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]);

/** Verbs of a kind, in discovery's order. */
export function verbsOf(kind: Kind): readonly string[] {
  return kind.verbs ?? ALL_VERBS;
}

/** A subresource as discovery lists it. */
export interface ListedSubresource {
  readonly name: string;
  readonly answers: { readonly group: string; readonly version: string; readonly kind: string };
  readonly verbs: readonly string[];
}

const POD_CONNECTIONS: readonly ListedSubresource[] = Object.freeze([
  connection('attach', 'PodAttachOptions'),
  connection('exec', 'PodExecOptions'),
  connection('portforward', 'PodPortForwardOptions'),
]);

/** Subresources of a kind by name, in alphabetical order. */
export function subresourcesOf(kind: Kind): readonly ListedSubresource[] {
  const own = SUBRESOURCES.filter((each) => each.of(kind)).map(({ name, answers, verbs }) => ({
    name,
    answers: answers ?? { group: '', version: '', kind: kind.kind },
    verbs: Object.keys(verbs).sort(),
  }));
  const connections = kind.group === '' && kind.kind === 'Pod' ? POD_CONNECTIONS : [];
  return [...own, ...connections].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function connection(name: string, kind: string): ListedSubresource {
  return { name, answers: { group: '', version: '', kind }, verbs: ['create', 'get'] };
}

/** Groups of a scheme in discovery's order, each with its newest stable version first. */
export function groupsOf(scheme: Scheme): ApiGroup[] {
  const names = [...new Set(scheme.kinds.map(({ group }) => group))];
  return names.sort(byOrder).map((name) => groupNamed(scheme, name));
}

/** One of them; without versions where there is none. */
export function groupNamed({ kinds }: Scheme, name: string): ApiGroup {
  return { name, versions: versionsOf(kinds.filter(({ group }) => group === name)) };
}

function byOrder(a: string, b: string): number {
  const [placeA, placeB] = [ORDER.indexOf(a), ORDER.indexOf(b)];
  if (placeA >= 0 && placeB >= 0) return placeA - placeB;
  if (placeA >= 0 || placeB >= 0) return placeA >= 0 ? -1 : 1;
  return a < b ? -1 : 1;
}

function versionsOf(kinds: readonly Kind[]): GroupVersion[] {
  const versions = [...new Set(kinds.map(({ version }) => version))].sort(compareVersions);
  return versions.map((version) => ({
    group: kinds[0]?.group ?? '',
    version,
    kinds: kinds.filter((kind) => kind.version === version).sort((a, b) => (a.resource < b.resource ? -1 : 1)),
  }));
}

/** v2, v1, v1beta2, v1alpha1 (k8s.io/apimachinery/pkg/version CompareKubeAwareVersionStrings). */
function compareVersions(a: string, b: string): number {
  const [keyA, keyB] = [versionKey(a), versionKey(b)];
  for (const [i, part] of keyA.entries()) if (part !== keyB[i]) return (keyB[i] as number) - part;
  return a < b ? -1 : a > b ? 1 : 0;
}

function versionKey(version: string): readonly [stability: number, major: number, minor: number] {
  const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  if (major === undefined) return [0, 0, 0];
  const stability = stage === undefined ? 3 : stage === 'beta' ? 2 : 1;
  return [stability, Number(major), Number(minor ?? 0)];
}
