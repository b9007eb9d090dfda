import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import { allow, READ, READ_WRITE, WRITE } from './rule.ts';

/* What `view`, `edit` and `admin` add up to (bootstrappolicy/policy.go viewRules, editRules, adminRules). */

export function viewRules(): PolicyRule[] {
  return [
    allow(
      READ,
      'core',
      'pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status endpoints ' +
        'persistentvolumeclaims persistentvolumeclaims/status configmaps',
    ),
    allow(
      READ,
      'core',
      'limitranges resourcequotas bindings events pods/status resourcequotas/status namespaces/status ' +
        'replicationcontrollers/status pods/log',
    ),
    allow(READ, 'core', 'namespaces'),
    allow(READ, 'discovery.k8s.io', 'endpointslices'),
    allow(
      READ,
      'apps',
      'controllerrevisions statefulsets statefulsets/status statefulsets/scale daemonsets daemonsets/status ' +
        'deployments deployments/status deployments/scale replicasets replicasets/status replicasets/scale',
    ),
    allow(READ, 'autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status'),
    allow(READ, 'batch', 'jobs cronjobs cronjobs/status jobs/status'),
    allow(
      READ,
      'extensions',
      'daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status ' +
        'replicasets replicasets/scale replicasets/status replicationcontrollers/scale networkpolicies',
    ),
    allow(READ, 'policy', 'poddisruptionbudgets poddisruptionbudgets/status'),
    allow(READ, 'networking.k8s.io', 'networkpolicies ingresses ingresses/status'),
  ];
}

export function editRules(): PolicyRule[] {
  return [
    allow(READ, 'core', 'pods/attach pods/proxy pods/exec pods/portforward secrets services/proxy'),
    allow('impersonate', 'core', 'serviceaccounts'),
    allow(WRITE, 'core', 'pods pods/attach pods/proxy pods/exec pods/portforward'),
    allow('create', 'core', 'pods/eviction'),
    allow(
      WRITE,
      'core',
      'replicationcontrollers replicationcontrollers/scale serviceaccounts services services/proxy ' +
        'persistentvolumeclaims configmaps secrets events',
    ),
    allow('create', 'core', 'serviceaccounts/token'),
    allow(
      WRITE,
      'apps',
      'statefulsets statefulsets/scale daemonsets deployments deployments/scale deployments/rollback ' +
        'replicasets replicasets/scale',
    ),
    allow(WRITE, 'autoscaling', 'horizontalpodautoscalers'),
    allow(WRITE, 'batch', 'jobs cronjobs'),
    allow(
      WRITE,
      'extensions',
      'daemonsets deployments deployments/scale deployments/rollback ingresses replicasets replicasets/scale ' +
        'replicationcontrollers/scale networkpolicies',
    ),
    allow(WRITE, 'policy', 'poddisruptionbudgets'),
    allow(WRITE, 'networking.k8s.io', 'networkpolicies ingresses'),
    allow(READ_WRITE, 'coordination.k8s.io', 'leases'),
  ];
}

export function adminRules(): PolicyRule[] {
  return [
    allow('create', 'authorization.k8s.io', 'localsubjectaccessreviews'),
    allow(READ_WRITE, 'rbac.authorization.k8s.io', 'roles rolebindings'),
  ];
}
