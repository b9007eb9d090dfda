import { type Container, type Pod, type PodSpec, pods } from '../../api/core-v1/pod.ts';
import { type ServiceAccount, serviceAccounts } from '../../api/core-v1/service-account.ts';
import { deepFreeze } from '../../apimachinery/deep.ts';
import { nameSuffix, type Random } from '../../sim/random.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from './admission.ts';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What every pod's token volume holds (`TokenVolumeSource`). */
const TOKEN_SOURCE = deepFreeze({
  defaultMode: 420,
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] },
    },
  ],
});

/** The parts of a pod that carry its token. */
type TokenParts = Pick<PodSpec, 'containers' | 'initContainers' | 'volumes'>;

/**
 * Every pod runs as a ServiceAccount that exists, pulls images with its secrets and gets its token
 * (plugin/pkg/admission/serviceaccount/admission.go). The volume's name is drawn once for all pods of a template, which
 * therefore share their containers.
 */
export function serviceAccount(random: Random): AdmissionPlugin {
  const names = random.fork('token-volumes');
  const stamped = new WeakMap<Container[], { from: TokenParts; to: TokenParts }>();
  const mount = (spec: PodSpec): void => {
    const { containers, initContainers, volumes } = spec;
    const known = stamped.get(containers);
    const same = known !== undefined && known.from.initContainers === initContainers && known.from.volumes === volumes;
    const to = same ? known.to : withToken(spec, () => `kube-api-access-${nameSuffix(names)}`);
    if (!same && Object.isFrozen(containers)) {
      stamped.set(containers, { from: { containers, initContainers, volumes }, to: deepFreeze(to) });
    }
    Object.assign(spec, to);
  };
  return {
    name: 'ServiceAccount',
    admit(request: AdmissionRequest): void {
      if (request.operation !== 'CREATE' || request.kind !== pods) return;
      const pod = request.object as Pod;
      pod.spec.serviceAccountName ||= 'default';
      pod.spec.serviceAccount = pod.spec.serviceAccountName;
      const account = accountOf(request, pod);
      if (pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) mount(pod.spec);
      if ((pod.spec.imagePullSecrets ?? []).length > 0 || account.imagePullSecrets === undefined) return;
      pod.spec.imagePullSecrets = account.imagePullSecrets;
    },
  };
}

/** @throws StatusError Forbidden when there is no such account */
function accountOf(request: AdmissionRequest, pod: Pod): ServiceAccount {
  const { namespace = '' } = pod.metadata;
  const name = pod.spec.serviceAccountName as string;
  const account = request.store.get(serviceAccounts.resource, namespace, name);
  if (account !== undefined) return account as ServiceAccount;
  const message = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
  throw forbiddenBy(request, message);
}

function withToken({ containers, initContainers, volumes = [] }: PodSpec, newName: () => string): TokenParts {
  if ([...containers, ...(initContainers ?? [])].every(hasMount)) return { containers };
  const existing = volumes.find(({ name }) => name?.startsWith('kube-api-access-'));
  const name = existing?.name ?? newName();
  return {
    containers: containers.map((container) => withMount(container, name)),
    ...(initContainers && { initContainers: initContainers.map((container) => withMount(container, name)) }),
    ...(existing === undefined && { volumes: [...volumes, { name, projected: TOKEN_SOURCE }] }),
  };
}

/** A mount of one's own in that place keeps the token out. */
function hasMount(container: Container): boolean {
  return container.volumeMounts?.some(({ mountPath }) => mountPath === MOUNT_PATH) ?? false;
}

function withMount(container: Container, name: string): Container {
  if (hasMount(container)) return container;
  const mount = { name, readOnly: true, mountPath: MOUNT_PATH };
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
}
