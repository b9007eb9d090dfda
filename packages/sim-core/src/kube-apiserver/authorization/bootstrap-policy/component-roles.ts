import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import { NODE_RULES } from './node-rules.ts';
import { allow, allowPaths, READ, writeEvents } from './rule.ts';
import { adminRules, editRules, viewRules } from './user-facing-roles.ts';

const CSR = 'certificates.k8s.io';
const CHECK_ACCESS = (): PolicyRule[] => [
  allow('create', 'authentication.k8s.io', 'tokenreviews'),
  allow('create', 'authorization.k8s.io', 'subjectaccessreviews'),
];
const leaderElection = (name: string): PolicyRule[] => [
  allow('create', 'coordination.k8s.io', 'leases'),
  allow('get update', 'coordination.k8s.io', 'leases', name),
];

/** Cluster roles of users and components by name, but for those that aggregate (bootstrappolicy/policy.go ClusterRoles). */
export function componentRoles(): Readonly<Record<string, readonly PolicyRule[]>> {
  return {
    'cluster-admin': [allow('*', '*', '*'), allowPaths('*', '*')],
    'system:discovery': [
      allowPaths('get', '/livez /readyz /healthz /version /version/ /openapi /openapi/* /api /api/* /apis /apis/*'),
    ],
    'system:monitoring': [
      allowPaths('get', '/metrics /metrics/slis /livez /readyz /healthz /livez/* /readyz/* /healthz/*'),
    ],
    'system:basic-user': [
      allow('create', 'authorization.k8s.io', 'selfsubjectaccessreviews selfsubjectrulesreviews'),
      allow('create', 'authentication.k8s.io', 'selfsubjectreviews'),
    ],
    'system:public-info-viewer': [allowPaths('get', '/livez /readyz /healthz /version /version/')],
    'system:aggregate-to-admin': adminRules(),
    'system:aggregate-to-edit': editRules(),
    'system:aggregate-to-view': viewRules(),
    'system:heapster': [allow(READ, 'core', 'events pods nodes namespaces'), allow(READ, 'extensions', 'deployments')],
    'system:node': NODE_RULES,
    'system:node-problem-detector': [
      allow('get', 'core', 'nodes'),
      allow('patch', 'core', 'nodes/status'),
      writeEvents(),
    ],
    'system:kubelet-api-admin': [
      allow(READ, 'core', 'nodes'),
      allow('proxy', 'core', 'nodes'),
      allow('*', 'core', 'nodes/proxy nodes/metrics nodes/stats nodes/log'),
    ],
    'system:node-bootstrapper': [allow('create get list watch', CSR, 'certificatesigningrequests')],
    'system:auth-delegator': CHECK_ACCESS(),
    'system:kube-aggregator': [allow(READ, 'core', 'services endpoints')],
    'system:kube-controller-manager': [
      writeEvents(),
      ...leaderElection('kube-controller-manager'),
      allow('create', 'core', 'secrets serviceaccounts'),
      allow('delete', 'core', 'secrets'),
      allow('get', 'core', 'namespaces secrets serviceaccounts configmaps'),
      allow('update', 'core', 'secrets serviceaccounts'),
      ...CHECK_ACCESS(),
      allow('list watch', '*', '*'),
      allow('create', 'core', 'serviceaccounts/token'),
    ],
    'system:kube-dns': [allow('list watch', 'core', 'endpoints services')],
    'system:persistent-volume-provisioner': [
      allow('get list watch create delete', 'core', 'persistentvolumes'),
      allow('get list watch update', 'core', 'persistentvolumeclaims'),
      allow(READ, 'storage.k8s.io', 'storageclasses'),
      allow('watch', 'core', 'events'),
      writeEvents(),
    ],
    [`system:${CSR}:certificatesigningrequests:nodeclient`]: [
      allow('create', CSR, 'certificatesigningrequests/nodeclient'),
    ],
    [`system:${CSR}:certificatesigningrequests:selfnodeclient`]: [
      allow('create', CSR, 'certificatesigningrequests/selfnodeclient'),
    ],
    'system:volume-scheduler': [
      allow('get list watch update patch', 'core', 'persistentvolumes'),
      allow(READ, 'storage.k8s.io', 'storageclasses'),
      allow('get list watch update patch', 'core', 'persistentvolumeclaims'),
    ],
    [`system:${CSR}:legacy-unknown-approver`]: [allow('approve', CSR, 'signers', 'kubernetes.io/legacy-unknown')],
    [`system:${CSR}:kubelet-serving-approver`]: [allow('approve', CSR, 'signers', 'kubernetes.io/kubelet-serving')],
    [`system:${CSR}:kube-apiserver-client-approver`]: [
      allow('approve', CSR, 'signers', 'kubernetes.io/kube-apiserver-client'),
    ],
    [`system:${CSR}:kube-apiserver-client-kubelet-approver`]: [
      allow('approve', CSR, 'signers', 'kubernetes.io/kube-apiserver-client-kubelet'),
    ],
    'system:service-account-issuer-discovery': [
      allowPaths(
        'get',
        '/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/',
      ),
    ],
    'system:node-proxier': [
      allow('list watch', 'core', 'services endpoints'),
      allow(READ, 'core', 'nodes'),
      writeEvents(),
      allow('list watch', 'discovery.k8s.io', 'endpointslices'),
      allow('list watch', 'networking.k8s.io', 'servicecidrs'),
    ],
    'system:kube-scheduler': [
      writeEvents(),
      ...leaderElection('kube-scheduler'),
      allow(READ, 'core', 'nodes'),
      allow('get list watch delete', 'core', 'pods'),
      allow('create', 'core', 'pods/binding bindings'),
      allow('patch update', 'core', 'pods/status'),
      allow(READ, 'core', 'services replicationcontrollers'),
      allow(READ, 'apps extensions', 'replicasets'),
      allow(READ, 'apps', 'statefulsets'),
      allow(READ, 'policy', 'poddisruptionbudgets'),
      allow(READ, 'core', 'persistentvolumeclaims persistentvolumes'),
      ...CHECK_ACCESS(),
      allow(READ, 'core', 'namespaces'),
      allow(READ, 'storage.k8s.io', 'csinodes'),
      allow(READ, 'storage.k8s.io', 'csidrivers'),
      allow(READ, 'storage.k8s.io', 'csistoragecapacities'),
      allow(READ, 'storage.k8s.io', 'volumeattachments'),
    ],
    'kubeadm:get-nodes': [allow('get', 'core', 'nodes')],
  };
}
