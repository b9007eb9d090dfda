import { services } from '../../api/core-v1/service.ts';
import { parseKey } from '../../apimachinery/object-meta.ts';
import { replicas } from '../../doctor/controllers.ts';
import type { TraceHop } from '../../wire.ts';
import { boxes, decidedBy, type Hop, type Scene } from '../scene.ts';

/** Node port → controller pod, as kube-proxy sends it. */
export const nodePortHop: Hop = { tells: [], of };

function of(scene: Scene): TraceHop | undefined {
  const { record, world, ids } = scene;
  const { loadBalancer, node = '', nodePort } = record.via ?? {};
  if (loadBalancer === undefined || nodePort === undefined) return undefined;
  const { namespace, name } = parseKey(loadBalancer);
  const policy = world.client.get(services, namespace, name)?.spec.externalTrafficPolicy ?? 'Cluster';
  const others = replicas(world).map(({ pod, ready }) => ({
    key: `${pod.metadata.namespace}/${pod.metadata.name}`,
    ready,
    node: pod.spec.nodeName ?? '',
  }));
  const local = policy === 'Local';
  const open = record.controllerPod === '';
  return {
    step: 'node-port',
    title: `${node === '' ? 'node' : node}:${nodePort} → ${open ? `one of ${others.filter(({ ready }) => ready).length} controller pods` : `pod ${parseKey(record.controllerPod).name}`}`,
    why: local
      ? "externalTrafficPolicy is Local: the node hands it to a controller pod of its own, which sees the client's address."
      : "externalTrafficPolicy is Cluster: any node may hand it to any controller pod, which sees the node's address.",
    beat: others
      .filter(({ key }) => key !== record.controllerPod)
      .map(
        (other) =>
          `${other.key}: ${!other.ready ? 'not ready' : local && node !== '' && other.node !== node ? `on ${other.node}, another node` : open ? 'as likely' : 'ready, not drawn'}`,
      ),
    nodes: boxes(node === '' ? undefined : `node:${node}`, ids.pod(record.controllerPod)),
    ...decidedBy(scene, { kind: 'Service', namespace, name }, 'spec.externalTrafficPolicy'),
  };
}
