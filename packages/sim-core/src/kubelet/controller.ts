import { configMaps } from '../api/core-v1/config-map.ts';
import { nodes } from '../api/core-v1/node.ts';
import { pods } from '../api/core-v1/pod.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { type Controller, watching } from '../controller-runtime/controller.ts';
import type { Kubelet } from './kubelet.ts';

/** The kubelets as a controller over pods. */
export function kubeletController(kubelet: Kubelet): Controller {
  return {
    name: 'kubelet',
    component: 'kubelet',
    for: pods,
    watches: [
      watching(configMaps, (object) => kubelet.waitingFor('configmaps', object)),
      watching(secrets, (object) => kubelet.waitingFor('secrets', object)),
      watching(nodes, (object) => kubelet.waitingFor('nodes', object)),
    ],
    reconcile: (key) => kubelet.sync(key),
  };
}
