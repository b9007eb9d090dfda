import type { Pod } from '../../api/core-v1/pod.ts';
import type { createTestServer } from '../../kube-apiserver/test-server.ts';
import type { ContainerLog } from '../../kubelet/container-log.ts';
import type { ExternalHosts } from '../../network/external-hosts.ts';
import { noContainer } from '../../workloads/no-container.ts';
import type { ContainerContext } from '../../workloads/program.ts';

/** Namespace of the controller. */
export const CONTROLLER_NAMESPACE = 'ingress-nginx';
/** The Service whose address goes into the status. */
export const PUBLISH_SERVICE = 'ingress-nginx-controller';

/** Command line of every replica. */
const FLAGS: readonly string[] = Object.freeze([
  '/nginx-ingress-controller',
  `--publish-service=${CONTROLLER_NAMESPACE}/${PUBLISH_SERVICE}`,
  `--configmap=${CONTROLLER_NAMESPACE}/${PUBLISH_SERVICE}`,
]);
const IMAGE = 'registry.k8s.io/ingress-nginx/controller:v1.15.1';

/** The pod of a replica, as it is stored. */
export function controllerPod(name: string, podIp: string): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: CONTROLLER_NAMESPACE, name, labels: { app: 'ingress-nginx' } },
    spec: { nodeName: 'node-1', containers: [{ name: 'controller', image: IMAGE }] },
    status: { phase: 'Running', podIP: podIp, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

/** What the container of a replica knows of itself. */
export function containerContext(
  {
    server: { clock, random },
    externalHosts,
  }: { server: ReturnType<typeof createTestServer>; externalHosts: ExternalHosts },
  { pod, podIp, flags, log }: { pod: Pod; podIp: string; flags: readonly string[]; log: ContainerLog },
): ContainerContext {
  return {
    ...noContainer(clock),
    pod,
    container: { name: 'controller', image: IMAGE },
    podIp,
    nodeName: 'node-1',
    image: { text: IMAGE, registry: 'registry.k8s.io', repository: 'ingress-nginx/controller', tag: 'v1.15.1' },
    behaviour: {},
    env: {},
    argv: [...FLAGS, ...flags],
    clock,
    chance: random.fork('image'),
    resolve: (name) => externalHosts.resolve(name),
    fetch: () => Promise.resolve({ failure: 'bad address', message: 'there is no DNS in this test' }),
    log: (line) => log.add(clock.now(), line),
    notice: () => {},
    exit: () => {},
  };
}
