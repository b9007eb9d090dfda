import type { Container } from '../../../api/core-v1/pod.ts';
import { BASELINE_ALWAYS } from './baseline.ts';
import {
  type Check,
  type Checked,
  containersOf,
  forbids,
  isWindows,
  namedContainers,
  plural,
  quoted,
} from './check.ts';

/* What the restricted level has beyond baseline, in the order of the IDs (k8s.io/pod-security-admission/policy/check_*.go). */

const VOLUMES: readonly string[] = Object.freeze([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const allowPrivilegeEscalation: Check = (pod) => {
  if (isWindows(pod)) return undefined;
  const who = namedContainers(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  return forbids('allowPrivilegeEscalation != false', [
    who && `${who} must set securityContext.allowPrivilegeEscalation=false`,
  ]);
};

const capabilities: Check = (pod) => {
  if (isWindows(pod)) return undefined;
  const added = new Set<string>();
  const keeps = ({ securityContext }: Container) => !securityContext?.capabilities?.drop?.includes('ALL');
  const adds = ({ securityContext }: Container) => {
    const beyond = (securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
    for (const name of beyond) added.add(name);
    return beyond.length > 0;
  };
  const [keeping, adding] = [namedContainers(pod, keeps), namedContainers(pod, adds)];
  return forbids('unrestricted capabilities', [
    keeping && `${keeping} must set securityContext.capabilities.drop=["ALL"]`,
    adding && `${adding} must not include ${quoted([...added].sort())} in securityContext.capabilities.add`,
  ]);
};

const restrictedVolumes: Check = ({ spec }) => {
  const bad = (spec.volumes ?? []).filter((volume) => typeOf(volume) !== undefined);
  if (bad.length === 0) return undefined;
  const types = [...new Set(bad.map((volume) => typeOf(volume) ?? ''))].sort();
  const names = bad.map(({ name }) => name);
  const uses = names.length === 1 ? 'uses' : 'use';
  const what = `${uses} restricted volume ${plural('type', types)} ${quoted(types)}`;
  return { reason: 'restricted volume types', detail: `${plural('volume', names)} ${quoted(names)} ${what}` };
};

/** The source of a volume if it is none of those that are allowed. */
function typeOf(volume: NonNullable<Checked['spec']['volumes']>[number]): string | undefined {
  return Object.keys(volume).find((key) => key !== 'name' && volume[key] !== undefined && !VOLUMES.includes(key));
}

const runAsNonRoot: Check = (pod) => {
  const ofPod = pod.spec.securityContext?.runAsNonRoot;
  const explicit = namedContainers(pod, ({ securityContext }) => securityContext?.runAsNonRoot === false);
  const setters = [...(ofPod === false ? ['pod'] : []), explicit].filter((each) => each !== undefined);
  if (setters.length > 0) {
    return forbids('runAsNonRoot != true', [
      `${setters.join(' and ')} must not set securityContext.runAsNonRoot=false`,
    ]);
  }
  if (ofPod === true) return undefined;
  const who = namedContainers(pod, ({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  return forbids('runAsNonRoot != true', [who && `pod or ${who} must set securityContext.runAsNonRoot=true`]);
};

const runAsUser: Check = (pod) => {
  const setters = [
    ...(pod.spec.securityContext?.runAsUser === 0 ? ['pod'] : []),
    namedContainers(pod, ({ securityContext }) => securityContext?.runAsUser === 0),
  ].filter((each) => each !== undefined);
  return forbids('runAsUser=0', [setters.length > 0 ? `${setters.join(' and ')} must not set runAsUser=0` : undefined]);
};

const seccompProfile: Check = (pod) => {
  if (isWindows(pod)) return undefined;
  const isGood = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';
  const ofPod = pod.spec.securityContext?.seccompProfile?.type;
  const bad = new Set<string>();
  if (ofPod !== undefined && !isGood(ofPod)) bad.add(ofPod);
  const explicit = containersOf(pod).filter(({ securityContext }) => {
    const type = securityContext?.seccompProfile?.type;
    if (type === undefined || isGood(type)) return false;
    bad.add(type);
    return true;
  });
  const setters = [
    ...(ofPod !== undefined && !isGood(ofPod) ? ['pod'] : []),
    ...(explicit.length > 0 ? [`${plural('container', explicit)} ${quoted(explicit.map(({ name }) => name))}`] : []),
  ];
  if (setters.length > 0) {
    const detail = `${setters.join(' and ')} must not set securityContext.seccompProfile.type to ${quoted([...bad].sort())}`;
    return { reason: 'seccompProfile', detail };
  }
  if (isGood(ofPod)) return undefined;
  const who = namedContainers(pod, ({ securityContext }) => securityContext?.seccompProfile?.type === undefined);
  const wanted = '"RuntimeDefault" or "Localhost"';
  return forbids('seccompProfile', [who && `pod or ${who} must set securityContext.seccompProfile.type to ${wanted}`]);
};

/** All controls of the level: baseline's, but for those that it has a stricter one for, and its own. */
export const RESTRICTED: readonly Check[] = Object.freeze([
  ...Object.values(BASELINE_ALWAYS),
  allowPrivilegeEscalation,
  capabilities,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfile,
]);
