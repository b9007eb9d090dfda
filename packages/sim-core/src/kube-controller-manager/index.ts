import { KINDS } from '../api/kinds.ts';
import { isStored } from '../apimachinery/kind.ts';
import { Scheme } from '../apimachinery/scheme.ts';
import type { Controller } from '../controller-runtime/controller.ts';
import { clusterRoleAggregationController } from './clusterrole-aggregation.ts';
import { cronJobController } from './cronjob/cronjob.ts';
import { daemonSetController } from './daemonset/daemonset.ts';
import { deploymentController } from './deployment/deployment.ts';
import { disruptionController } from './disruption/disruption.ts';
import { endpointsController } from './endpoints.ts';
import { endpointSliceController } from './endpointslice/endpointslice.ts';
import { endpointSliceMirroringController } from './endpointslicemirroring.ts';
import { garbageCollectorController } from './garbage-collector/garbage-collector.ts';
import { jobController } from './job/job.ts';
import { namespaceController } from './namespace.ts';
import { nodeLifecycleController } from './node-lifecycle.ts';
import { persistentVolumeClaimBinderController } from './persistentvolume-binder/claims.ts';
import { localPathProvisionerController } from './persistentvolume-binder/local-path-provisioner.ts';
import { persistentVolumeBinderController } from './persistentvolume-binder/volumes.ts';
import { podGarbageCollectorController } from './pod-garbage-collector.ts';
import { replicaSetController, replicationController } from './replicaset/replicaset.ts';
import { resourceQuotaController } from './resourcequota/resourcequota.ts';
import { serviceAccountController } from './serviceaccount.ts';
import { statefulSetController } from './statefulset/statefulset.ts';
import { taintEvictionController } from './taint-eviction.ts';
import { ttlAfterFinishedController } from './ttl-after-finished.ts';
import { pvProtectionController } from './volume-protection/pv-protection.ts';
import { pvcProtectionController } from './volume-protection/pvc-protection.ts';

/**
 * The controllers of the kube-controller-manager, in the order in which they settle: what others wait for comes first.
 * @param scheme the kinds that namespaces and the garbage collector look after
 */
export function kubeControllers(scheme: Scheme = new Scheme(KINDS)): Controller[] {
  const kinds = scheme.kinds.filter(isStored);
  return [
    namespaceController(scheme),
    serviceAccountController(),
    resourceQuotaController(kinds),
    clusterRoleAggregationController(),
    nodeLifecycleController(),
    deploymentController(),
    statefulSetController(),
    daemonSetController(),
    cronJobController(),
    jobController(),
    replicaSetController(),
    replicationController(),
    persistentVolumeClaimBinderController(),
    localPathProvisionerController(),
    persistentVolumeBinderController(),
    pvcProtectionController(),
    pvProtectionController(),
    taintEvictionController(),
    podGarbageCollectorController(),
    disruptionController(kinds),
    endpointSliceController(),
    endpointsController(),
    endpointSliceMirroringController(),
    ttlAfterFinishedController(),
    garbageCollectorController(scheme),
  ];
}
