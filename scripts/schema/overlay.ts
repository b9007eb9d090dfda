/**
 * What the types of @kubernetes/client-node do not say, written by hand for Kubernetes v1.33. Keys are
 * `Model.field`, a model being the client's class without its leading `V1`.
 */

/** The kinds of the generated schema: apiVersion → the client's classes. */
export const KINDS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  v1: [
    'V1Pod',
    'V1Service',
    'V1Endpoints',
    'V1Node',
    'V1Namespace',
    'V1ConfigMap',
    'V1Secret',
    'V1ServiceAccount',
    'CoreV1Event',
    'V1ReplicationController',
    'V1PodTemplate',
    'V1Binding',
    'V1ComponentStatus',
    'V1PersistentVolume',
    'V1PersistentVolumeClaim',
    'V1ResourceQuota',
    'V1LimitRange',
    'V1DeleteOptions',
    'V1Status',
  ],
  'apps/v1': ['V1Deployment', 'V1ReplicaSet', 'V1StatefulSet', 'V1DaemonSet', 'V1ControllerRevision'],
  'batch/v1': ['V1Job', 'V1CronJob'],
  'discovery.k8s.io/v1': ['V1EndpointSlice'],
  'networking.k8s.io/v1': ['V1Ingress', 'V1IngressClass', 'V1NetworkPolicy'],
  'autoscaling/v2': ['V2HorizontalPodAutoscaler'],
  'autoscaling/v1': ['V1HorizontalPodAutoscaler', 'V1Scale'],
  'policy/v1': ['V1PodDisruptionBudget', 'V1Eviction'],
  'rbac.authorization.k8s.io/v1': ['V1Role', 'V1ClusterRole', 'V1RoleBinding', 'V1ClusterRoleBinding'],
  'coordination.k8s.io/v1': ['V1Lease'],
  'storage.k8s.io/v1': ['V1StorageClass', 'V1CSIDriver', 'V1CSINode', 'V1VolumeAttachment'],
  'scheduling.k8s.io/v1': ['V1PriorityClass'],
  'node.k8s.io/v1': ['V1RuntimeClass'],
  'events.k8s.io/v1': ['EventsV1Event'],
  'authentication.k8s.io/v1': ['V1TokenReview', 'AuthenticationV1TokenRequest', 'V1SelfSubjectReview'],
  'authorization.k8s.io/v1': [
    'V1SubjectAccessReview',
    'V1SelfSubjectAccessReview',
    'V1LocalSubjectAccessReview',
    'V1SelfSubjectRulesReview',
  ],
  'admissionregistration.k8s.io/v1': ['V1ValidatingWebhookConfiguration', 'V1MutatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1': ['V1CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['V1APIService'],
});

/** Classes that keep their whole name, because another version has the short one. */
export const KEEP_VERSION: readonly string[] = Object.freeze([
  'V1CrossVersionObjectReference',
  'V1HorizontalPodAutoscaler',
  'V1HorizontalPodAutoscalerSpec',
  'V1HorizontalPodAutoscalerStatus',
]);

/** Fields that came after v1.33 (compared with the client of v1.33.0); a v1.33 server does not know them. */
export const LATER_THAN_SERVER: readonly string[] = Object.freeze([
  'CSIDriverSpec.preventPodSchedulingIfMissing',
  'CSIDriverSpec.serviceAccountTokenInSecrets',
  'Container.restartPolicyRules',
  'CustomResourceDefinitionCondition.observedGeneration',
  'CustomResourceDefinitionStatus.observedGeneration',
  'EnvVarSource.fileKeyRef',
  'EphemeralContainer.restartPolicyRules',
  'ListMeta.shardInfo',
  'NodeStatus.declaredFeatures',
  'PodSpec.hostnameOverride',
  'PodSpec.schedulingGroup',
  'PodStatus.allocatedResources',
  'PodStatus.extendedResourceClaimStatus',
  'PodStatus.nodeAllocatableResourceClaimStatuses',
  'PodStatus.resources',
  'ResourceHealth.message',
  'VolumeMountStatus.volumeStatus',
  'VolumeProjection.podCertificate',
]);

/** Fields of Go type resource.Quantity; a map of them is a ResourceList. */
export const QUANTITIES: readonly string[] = Object.freeze([
  'ContainerStatus.allocatedResources',
  'EmptyDirVolumeSource.sizeLimit',
  'HPAScalingRules.tolerance',
  'LimitRangeItem.default',
  'LimitRangeItem.defaultRequest',
  'LimitRangeItem.max',
  'LimitRangeItem.maxLimitRequestRatio',
  'LimitRangeItem.min',
  'MetricTarget.averageValue',
  'MetricTarget.value',
  'MetricValueStatus.averageValue',
  'MetricValueStatus.value',
  'NodeStatus.allocatable',
  'NodeStatus.capacity',
  'Overhead.podFixed',
  'PersistentVolumeClaimStatus.allocatedResources',
  'PersistentVolumeClaimStatus.capacity',
  'PersistentVolumeSpec.capacity',
  'PodSpec.overhead',
  'ResourceFieldSelector.divisor',
  'ResourceQuotaSpec.hard',
  'ResourceQuotaStatus.hard',
  'ResourceQuotaStatus.used',
  'ResourceRequirements.limits',
  'ResourceRequirements.requests',
  'VolumeResourceRequirements.limits',
  'VolumeResourceRequirements.requests',
]);

/** How patches treat one field: the patchStrategy, patchMergeKey, listType and listMapKey tags of the Go types. */
export interface PatchTags {
  /** Strategic merge of a list of objects by this key. */
  readonly mergeKey?: string;
  /** Strategic merge of a list of scalars. */
  readonly mergeSet?: true;
  /** A patch names the keys that stay; the others go. */
  readonly retainKeys?: true;
  /** The whole object is replaced, never merged. */
  readonly replace?: true;
  /** The keys of server-side apply, which may be more than the merge key. */
  readonly listMapKeys?: readonly string[];
  /** A set to server-side apply, although strategic merge replaces it. */
  readonly set?: true;
  /** Whether server-side apply sees the map or object as one value; absent: as its type says, see {@link ATOMIC}. */
  readonly atomic?: boolean;
}

function merge(mergeKey: string, ...listMapKeys: readonly string[]): PatchTags {
  return { mergeKey, listMapKeys: listMapKeys.length > 0 ? listMapKeys : [mergeKey] };
}

function mergeRetaining(mergeKey: string): PatchTags {
  return { ...merge(mergeKey), retainKeys: true };
}

/** The fields whose patches are special; every other list or object is merged or replaced by its type alone. */
export const PATCH: Readonly<Record<string, PatchTags>> = Object.freeze({
  'ObjectMeta.ownerReferences': merge('uid'),
  'ObjectMeta.finalizers': { mergeSet: true },
  'PodSpec.containers': merge('name'),
  'PodSpec.initContainers': merge('name'),
  'PodSpec.ephemeralContainers': merge('name'),
  'PodSpec.imagePullSecrets': merge('name'),
  'PodSpec.schedulingGates': merge('name'),
  'PodSpec.volumes': mergeRetaining('name'),
  'PodSpec.resourceClaims': mergeRetaining('name'),
  'PodSpec.hostAliases': merge('ip'),
  'PodSpec.nodeSelector': { atomic: true },
  'PodSpec.topologySpreadConstraints': merge('topologyKey', 'topologyKey', 'whenUnsatisfiable'),
  'Container.env': merge('name'),
  'Container.ports': merge('containerPort', 'containerPort', 'protocol'),
  'Container.volumeMounts': merge('mountPath'),
  'Container.volumeDevices': merge('devicePath'),
  'EphemeralContainer.env': merge('name'),
  'EphemeralContainer.ports': merge('containerPort', 'containerPort', 'protocol'),
  'EphemeralContainer.volumeMounts': merge('mountPath'),
  'EphemeralContainer.volumeDevices': merge('devicePath'),
  'ResourceRequirements.claims': { listMapKeys: ['name'] },
  'PodStatus.conditions': merge('type'),
  'PodStatus.podIPs': merge('ip'),
  'PodStatus.hostIPs': { mergeKey: 'ip' },
  'PodStatus.resourceClaimStatuses': mergeRetaining('name'),
  'ContainerStatus.volumeMounts': merge('mountPath'),
  'ContainerStatus.allocatedResourcesStatus': merge('name'),
  'ResourceStatus.resources': { listMapKeys: ['resourceID'] },
  'ServiceSpec.ports': merge('port', 'port', 'protocol'),
  'ServiceSpec.selector': { atomic: true },
  'ServiceStatus.conditions': merge('type'),
  'ServiceAccount.secrets': merge('name'),
  'NodeSpec.podCIDRs': { mergeSet: true },
  'NodeStatus.conditions': merge('type'),
  'NodeStatus.addresses': merge('type'),
  'NamespaceStatus.conditions': merge('type'),
  'ReplicationControllerSpec.selector': { atomic: true },
  'ReplicationControllerStatus.conditions': merge('type'),
  'PersistentVolumeClaimStatus.conditions': merge('type'),
  'PersistentVolumeSpec.claimRef': { atomic: false },
  'DeploymentSpec.strategy': { retainKeys: true },
  'DeploymentStatus.conditions': merge('type'),
  'ReplicaSetStatus.conditions': merge('type'),
  'StatefulSetStatus.conditions': merge('type'),
  'DaemonSetStatus.conditions': merge('type'),
  'JobStatus.conditions': merge('type'),
  'UncountedTerminatedPods.succeeded': { set: true },
  'UncountedTerminatedPods.failed': { set: true },
  'HorizontalPodAutoscalerStatus.conditions': merge('type'),
  'PodDisruptionBudgetSpec.selector': { replace: true },
  'PodDisruptionBudgetStatus.conditions': merge('type'),
  'ValidatingWebhookConfiguration.webhooks': merge('name'),
  'ValidatingWebhook.matchConditions': merge('name'),
  'MutatingWebhookConfiguration.webhooks': merge('name'),
  'MutatingWebhook.matchConditions': merge('name'),
  'JSONSchemaProps.x-kubernetes-validations': merge('rule'),
  'CustomResourceDefinitionStatus.conditions': { listMapKeys: ['type'] },
  'APIServiceStatus.conditions': merge('type'),
  'ComponentStatus.conditions': merge('type'),
  'CSINodeSpec.drivers': merge('name'),
});

/**
 * Types that server-side apply sees as one value: structType=atomic in the Go types, `x-kubernetes-map-type: atomic` in
 * OpenAPI.
 */
export const ATOMIC: readonly string[] = Object.freeze([
  'ConfigMapKeySelector',
  'EndpointAddress',
  'CoreV1EndpointPort',
  'DiscoveryV1EndpointPort',
  'LabelSelector',
  'LocalObjectReference',
  'NodeSelector',
  'NodeSelectorTerm',
  'ObjectFieldSelector',
  'ObjectReference',
  'OwnerReference',
  'RbacV1Subject',
  'ResourceFieldSelector',
  'RoleRef',
  'ScopeSelector',
  'ScopedResourceSelectorRequirement',
  'SecretKeySelector',
  'SecretReference',
  'ServiceBackendPort',
  'TopologySelectorTerm',
  'TypedLocalObjectReference',
]);
