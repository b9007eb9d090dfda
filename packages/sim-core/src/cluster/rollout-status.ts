import type { DaemonSet } from '../api/apps-v1/daemon-set.ts';
import type { Deployment } from '../api/apps-v1/deployment.ts';
import type { StatefulSet } from '../api/apps-v1/stateful-set.ts';
import { findCondition } from '../apimachinery/condition.ts';

/* What keeps a rollout from being over, in the words of `kubectl rollout status`; undefined when it is over (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go). */

/** `DeploymentStatusViewer` */
export function deploymentRollout({ metadata, spec, status }: Deployment): string | undefined {
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 1))
    return 'Waiting for deployment spec update to be observed...';
  const progressing = findCondition(status?.conditions, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return `deployment "${metadata.name}" exceeded its progress deadline`;
  const wanted = spec.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  const waiting = `Waiting for deployment "${metadata.name}" rollout to finish:`;
  if (spec.paused === true) return undefined;
  if (updatedReplicas < wanted)
    return `${waiting} ${updatedReplicas} out of ${wanted} new replicas have been updated...`;
  if (replicas > updatedReplicas)
    return `${waiting} ${replicas - updatedReplicas} old replicas are pending termination...`;
  if (availableReplicas < updatedReplicas)
    return `${waiting} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`;
  return undefined;
}

/** `StatefulSetStatusViewer` */
export function statefulSetRollout({ metadata, spec, status }: StatefulSet): string | undefined {
  if (spec.updateStrategy?.type === 'OnDelete') return undefined;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 1))
    return 'Waiting for statefulset spec update to be observed...';
  const replicas = spec.replicas ?? 1;
  const { readyReplicas = 0, updatedReplicas = 0, updateRevision, currentRevision } = status ?? {};
  if (readyReplicas < replicas) return `Waiting for ${replicas - readyReplicas} pods to be ready...`;
  const { rollingUpdate } = spec.updateStrategy ?? {};
  if (rollingUpdate !== undefined) {
    const wanted = replicas - (rollingUpdate.partition ?? 0);
    if (updatedReplicas >= wanted) return undefined;
    return `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`;
  }
  if (updateRevision === currentRevision) return undefined;
  return `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`;
}

/** `DaemonSetStatusViewer` */
export function daemonSetRollout({ metadata, spec, status }: DaemonSet): string | undefined {
  if (spec.updateStrategy?.type === 'OnDelete') return undefined;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 1))
    return 'Waiting for daemon set spec update to be observed...';
  const { desiredNumberScheduled: desired = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = status ?? {};
  const waiting = `Waiting for daemon set "${metadata.name}" rollout to finish:`;
  if (updatedNumberScheduled < desired)
    return `${waiting} ${updatedNumberScheduled} out of ${desired} new pods have been updated...`;
  if (numberAvailable < desired) return `${waiting} ${numberAvailable} of ${desired} updated pods are available...`;
  return undefined;
}
