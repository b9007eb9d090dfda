import { ClusterView } from '../view/cluster-view.ts';
import type { ClusterViewOptions, ViewedCluster } from '../view/viewed-cluster.ts';
import { INGRESS_NGINX_VERSION, isControllerImage } from './ingress-program.ts';

/** Looks at a cluster as the page shows it; whoever serves it says what the cluster cannot know. */
export function createClusterView(
  cluster: ViewedCluster,
  options: Omit<ClusterViewOptions, 'engine' | 'isControllerImage'>,
): ClusterView {
  return new ClusterView(cluster, { ...options, engine: `ingress-nginx ${INGRESS_NGINX_VERSION}`, isControllerImage });
}
