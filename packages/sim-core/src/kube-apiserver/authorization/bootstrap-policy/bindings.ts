import type { Subject } from '../../../api/rbac-v1/role-binding.ts';

/** A ClusterRoleBinding in short. */
export interface BoundRole {
  /** Of the binding; absent: that of the role. */
  readonly name?: string;
  readonly role: string;
  readonly subjects: readonly Subject[];
}

const RBAC = 'rbac.authorization.k8s.io';
const user = (name: string): Subject => ({ kind: 'User', apiGroup: RBAC, name });
const group = (name: string): Subject => ({ kind: 'Group', apiGroup: RBAC, name });
const account = (namespace: string, name: string): Subject => ({ kind: 'ServiceAccount', name, namespace });
const AUTHENTICATED = 'system:authenticated';

/** Who holds the cluster roles of the API server (bootstrappolicy/policy.go ClusterRoleBindings). */
export function componentBindings(): BoundRole[] {
  return [
    { role: 'cluster-admin', subjects: [group('system:masters')] },
    { role: 'system:monitoring', subjects: [group('system:monitoring')] },
    { role: 'system:discovery', subjects: [group(AUTHENTICATED)] },
    { role: 'system:basic-user', subjects: [group(AUTHENTICATED)] },
    { role: 'system:public-info-viewer', subjects: [group(AUTHENTICATED), group('system:unauthenticated')] },
    { role: 'system:node-proxier', subjects: [user('system:kube-proxy')] },
    { role: 'system:kube-controller-manager', subjects: [user('system:kube-controller-manager')] },
    { role: 'system:kube-dns', subjects: [account('kube-system', 'kube-dns')] },
    { role: 'system:kube-scheduler', subjects: [user('system:kube-scheduler')] },
    { role: 'system:volume-scheduler', subjects: [user('system:kube-scheduler')] },
    { role: 'system:node', subjects: [] },
    { role: 'system:service-account-issuer-discovery', subjects: [group('system:serviceaccounts')] },
  ];
}

const CSR = 'system:certificates.k8s.io:certificatesigningrequests';
const BOOTSTRAPPERS = 'system:bootstrappers:kubeadm:default-node-token';

/** What kubeadm adds, the administrator of the kubeconfig first (cmd/kubeadm/app/phases/{kubeconfig,bootstraptoken,addons}). */
export function kubeadmBindings(): BoundRole[] {
  return [
    { name: 'kubeadm:cluster-admins', role: 'cluster-admin', subjects: [group('kubeadm:cluster-admins')] },
    { name: 'kubeadm:get-nodes', role: 'kubeadm:get-nodes', subjects: [group(BOOTSTRAPPERS)] },
    { name: 'kubeadm:kubelet-bootstrap', role: 'system:node-bootstrapper', subjects: [group(BOOTSTRAPPERS)] },
    { name: 'kubeadm:node-autoapprove-bootstrap', role: `${CSR}:nodeclient`, subjects: [group(BOOTSTRAPPERS)] },
    {
      name: 'kubeadm:node-autoapprove-certificate-rotation',
      role: `${CSR}:selfnodeclient`,
      subjects: [group('system:nodes')],
    },
    { name: 'kubeadm:node-proxier', role: 'system:node-proxier', subjects: [account('kube-system', 'kube-proxy')] },
  ];
}

/** A controller's service account holds the role of its name. */
export function controllerBinding(controller: string): BoundRole {
  return { role: `system:controller:${controller}`, subjects: [account('kube-system', controller)] };
}
