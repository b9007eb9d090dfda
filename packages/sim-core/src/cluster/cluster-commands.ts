import { deployments } from '../api/apps-v1/deployment.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { newNotFound } from '../apimachinery/status-error.ts';
import type { Client } from '../client/client.ts';
import type { DecisionRecords } from '../ingress-nginx/nginx/decision-record.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import type { Edge } from './edge.ts';
import { type SendOrder, sendRequests } from './send-requests.ts';

/** What the commands act on; a `Cluster` is one. */
export interface CommandedCluster {
  readonly client: Client;
  readonly kubelet: Kubelet;
  readonly edge: Edge;
  readonly records: DecisionRecords;
  delete(apiVersion: string, kind: string, object: { namespace?: string; name: string }): void;
  settle(): void;
}

/** What a person does to a cluster with a click. All settle, and return the revision afterwards. */
export interface ClusterCommands {
  /** Sets spec.replicas of a Deployment, as `kubectl scale` does. @throws StatusError */
  scale(namespace: string, name: string, replicas: number): number;
  /** Ends the program of a pod's container. @throws StatusError */
  crash(namespace: string, name: string): number;
  /** Sets an annotation of an Ingress. @throws StatusError */
  annotate(ingress: { namespace: string; name: string }, annotation: string, value: string): number;
  /** @throws StatusError */
  delete(object: { apiVersion: string; kind: string; namespace: string; name: string }): number;
  /** See {@link sendRequests}. */
  send(order: SendOrder): Promise<number[]>;
}

export function clusterCommands(cluster: CommandedCluster): ClusterCommands {
  const { client } = cluster;
  const settled = () => {
    cluster.settle();
    return client.revision;
  };
  return {
    scale(namespace, name, replicas) {
      const deployment = client.get(deployments, namespace, name);
      if (deployment === undefined) throw newNotFound(deployments, name);
      client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
      return settled();
    },
    crash(namespace, name) {
      cluster.kubelet.crash(namespace, name);
      return settled();
    },
    annotate({ namespace, name }, annotation, value) {
      const ingress = client.get(ingresses, namespace, name);
      if (ingress === undefined) throw newNotFound(ingresses, name);
      const annotations = { ...ingress.metadata.annotations, [annotation]: value };
      client.update(ingresses, { ...ingress, metadata: { ...ingress.metadata, annotations } });
      return settled();
    },
    delete({ apiVersion, kind, namespace, name }) {
      cluster.delete(apiVersion, kind, { namespace, name });
      return settled();
    },
    send: (order) => sendRequests(cluster, order),
  };
}
