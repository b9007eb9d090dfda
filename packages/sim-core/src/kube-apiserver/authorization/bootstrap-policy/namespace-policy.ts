import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import type { Subject } from '../../../api/rbac-v1/role-binding.ts';
import { allow, READ, writeEvents } from './rule.ts';

/** A Role and the RoleBinding to it. */
export interface NamespacePolicy {
  readonly namespace: string;
  readonly role: string;
  /** Of the binding; absent: that of the role. */
  readonly binding?: string;
  readonly rules: readonly PolicyRule[];
  readonly subjects: readonly Subject[];
}

const account = (name: string): Subject => ({ kind: 'ServiceAccount', name, namespace: 'kube-system' });
const user = (name: string): Subject => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name });

/** What components may do in kube-system and kube-public (bootstrappolicy/namespace_policy.go). */
export function namespacePolicies(): NamespacePolicy[] {
  return [
    {
      namespace: 'kube-system',
      role: 'extension-apiserver-authentication-reader',
      binding: 'system::extension-apiserver-authentication-reader',
      rules: [allow(READ, 'core', 'configmaps', 'extension-apiserver-authentication')],
      subjects: [user('system:kube-controller-manager'), user('system:kube-scheduler')],
    },
    {
      namespace: 'kube-system',
      role: 'system::leader-locking-kube-controller-manager',
      rules: [
        allow('watch', 'core', 'configmaps'),
        allow('get update', 'core', 'configmaps', 'kube-controller-manager'),
      ],
      subjects: [user('system:kube-controller-manager'), account('kube-controller-manager')],
    },
    {
      namespace: 'kube-system',
      role: 'system::leader-locking-kube-scheduler',
      rules: [allow('watch', 'core', 'configmaps'), allow('get update', 'core', 'configmaps', 'kube-scheduler')],
      subjects: [user('system:kube-scheduler'), account('kube-scheduler')],
    },
    {
      namespace: 'kube-system',
      role: 'system:controller:bootstrap-signer',
      rules: [allow(READ, 'core', 'secrets')],
      subjects: [account('bootstrap-signer')],
    },
    {
      namespace: 'kube-system',
      role: 'system:controller:cloud-provider',
      rules: [allow('create get list watch', 'core', 'configmaps')],
      subjects: [account('cloud-provider')],
    },
    {
      namespace: 'kube-system',
      role: 'system:controller:token-cleaner',
      rules: [allow('get list watch delete', 'core', 'secrets'), writeEvents()],
      subjects: [account('token-cleaner')],
    },
    {
      namespace: 'kube-public',
      role: 'system:controller:bootstrap-signer',
      rules: [allow(READ, 'core', 'configmaps'), allow('update', 'core', 'configmaps', 'cluster-info'), writeEvents()],
      subjects: [account('bootstrap-signer')],
    },
  ];
}
