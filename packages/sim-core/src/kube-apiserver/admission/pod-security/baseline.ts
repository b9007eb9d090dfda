import type { Container } from '../../../api/core-v1/pod.ts';
import { type Check, containersOf, forbids, namedContainers, plural, quoted } from './check.ts';

/* The controls of the baseline level, in the order of their IDs (k8s.io/pod-security-admission/policy/check_*.go). */

const CAPABILITIES: readonly string[] = Object.freeze([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);
const SELINUX_TYPES: readonly string[] = Object.freeze([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);
const SYSCTLS: readonly string[] = Object.freeze([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
]);
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

type Profile = { readonly type?: string } | undefined;

const appArmorProfile: Check = (pod) => {
  const profile = (context: Record<string, unknown> | undefined) => context?.appArmorProfile as Profile;
  const unconfined = (each: Profile) => each?.type === 'Unconfined';
  const setters = [
    ...(unconfined(profile(pod.spec.securityContext)) ? ['pod'] : []),
    namedContainers(pod, ({ securityContext }) => unconfined(profile(securityContext))),
  ].filter((each) => each !== undefined);
  const annotations = Object.entries(pod.metadata?.annotations ?? {}).filter(
    ([name, value]) =>
      name.startsWith(APPARMOR) && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'),
  );
  const found = annotations.map(([name, value]) => `${name}=${JSON.stringify(value)}`).sort();
  return forbids(
    found.length > 1 || setters.length + found.length > 1
      ? 'forbidden AppArmor profiles'
      : 'forbidden AppArmor profile',
    [
      ...(setters.length > 0 ? [`${setters.join(' and ')} must not set AppArmor profile type to "Unconfined"`] : []),
      ...(found.length > 0 ? [`${plural('annotation', found)} ${found.join(', ')}`] : []),
    ],
  );
};

/** Capabilities beyond the usual ones. */
export const capabilities: Check = (pod) => {
  const added = new Set<string>();
  const bad = ({ securityContext }: Container) => {
    const beyond = (securityContext?.capabilities?.add ?? []).filter((name) => !CAPABILITIES.includes(name));
    for (const name of beyond) added.add(name);
    return beyond.length > 0;
  };
  const who = namedContainers(pod, bad);
  const what = quoted([...added].sort());
  return forbids('non-default capabilities', [
    who && `${who} must not include ${what} in securityContext.capabilities.add`,
  ]);
};

const hostNamespaces: Check = ({ spec }) =>
  forbids(
    'host namespaces',
    (['hostNetwork', 'hostPID', 'hostIPC'] as const).map((field) =>
      spec[field] === true ? `${field}=true` : undefined,
    ),
    ', ',
  );

/** Volumes of the node's own files. */
const hostPathVolumes: Check = ({ spec }) => {
  const names = (spec.volumes ?? []).filter((volume) => volume.hostPath !== undefined).map(({ name }) => name);
  return forbids('hostPath volumes', [names.length > 0 ? `${plural('volume', names)} ${quoted(names)}` : undefined]);
};

const hostPorts: Check = (pod) => {
  const ports = new Set<string>();
  const bad = containersOf(pod).filter((container) => {
    const own = (container.ports ?? []).filter(({ hostPort }) => hostPort);
    for (const { hostPort } of own) ports.add(String(hostPort));
    return own.length > 0;
  });
  if (bad.length === 0) return undefined;
  const who = `${plural('container', bad)} ${quoted(bad.map(({ name }) => name))}`;
  const list = [...ports].sort();
  return {
    reason: 'hostPort',
    detail: `${who} ${bad.length === 1 ? 'uses' : 'use'} ${plural('hostPort', list)} ${list.join(', ')}`,
  };
};

const privileged: Check = (pod) => {
  const who = namedContainers(pod, ({ securityContext }) => securityContext?.privileged === true);
  return forbids('privileged', [who && `${who} must not set securityContext.privileged=true`]);
};

const procMount: Check = (pod) => {
  const types = new Set<string>();
  const who = namedContainers(pod, ({ securityContext }) => {
    const type = securityContext?.procMount;
    if (type === undefined || type === 'Default') return false;
    types.add(type);
    return true;
  });
  return forbids('procMount', [who && `${who} must not set securityContext.procMount to ${quoted([...types].sort())}`]);
};

const seLinuxOptions: Check = (pod) => {
  const types = new Set<string>();
  const sets = { user: false, role: false };
  const bad = (context: Record<string, unknown> | undefined) => {
    const {
      type = '',
      user,
      role,
    } = (context?.seLinuxOptions ?? {}) as { type?: string; user?: string; role?: string };
    const forbidden = !SELINUX_TYPES.includes(type);
    if (forbidden) types.add(type);
    if (user) sets.user = true;
    if (role) sets.role = true;
    return forbidden || Boolean(user) || Boolean(role);
  };
  const setters = [
    ...(bad(pod.spec.securityContext) ? ['pod'] : []),
    namedContainers(pod, ({ securityContext }) => bad(securityContext)),
  ].filter((each) => each !== undefined);
  if (setters.length === 0) return undefined;
  const what = [
    ...(types.size > 0 ? [`${types.size === 1 ? 'type' : 'types'} ${quoted([...types].sort())}`] : []),
    ...(sets.user ? ['user may not be set'] : []),
    ...(sets.role ? ['role may not be set'] : []),
  ];
  return {
    reason: 'seLinuxOptions',
    detail: `${setters.join(' and ')} set forbidden securityContext.seLinuxOptions: ${what.join('; ')}`,
  };
};

/** seccomp switched off. */
export const seccompProfile: Check = (pod) => {
  const unconfined = (profile: Profile) => profile?.type === 'Unconfined';
  const setters = [
    ...(unconfined(pod.spec.securityContext?.seccompProfile) ? ['pod'] : []),
    namedContainers(pod, ({ securityContext }) => unconfined(securityContext?.seccompProfile)),
  ].filter((each) => each !== undefined);
  return forbids('seccompProfile', [
    setters.length > 0
      ? `${setters.join(' and ')} must not set securityContext.seccompProfile.type to "Unconfined"`
      : undefined,
  ]);
};

const sysctls: Check = ({ spec }) => {
  const names = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !SYSCTLS.includes(name));
  return forbids('forbidden sysctls', [names.length > 0 ? names.join(', ') : undefined]);
};

const windowsHostProcess: Check = (pod) => {
  const isHostProcess = (context: Record<string, unknown> | undefined) =>
    (context?.windowsOptions as { hostProcess?: boolean } | undefined)?.hostProcess === true;
  const setters = [
    ...(isHostProcess(pod.spec.securityContext) ? ['pod'] : []),
    namedContainers(pod, ({ securityContext }) => isHostProcess(securityContext)),
  ].filter((each) => each !== undefined);
  return forbids('hostProcess', [
    setters.length > 0
      ? `${setters.join(' and ')} must not set securityContext.windowsOptions.hostProcess=true`
      : undefined,
  ]);
};

/** The controls that both levels have. */
export const BASELINE_ALWAYS: Readonly<Record<string, Check>> = Object.freeze({
  appArmorProfile,
  hostNamespaces,
  hostPorts,
  privileged,
  procMount,
  seLinuxOptions,
  sysctls,
  windowsHostProcess,
});

/** All controls of the level. */
export const BASELINE: readonly Check[] = Object.freeze([
  appArmorProfile,
  capabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  procMount,
  seLinuxOptions,
  seccompProfile,
  sysctls,
  windowsHostProcess,
]);
