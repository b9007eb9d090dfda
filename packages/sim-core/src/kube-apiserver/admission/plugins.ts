import type { Random } from '../../sim/random.ts';
import type { Authorizer } from '../authorization/authorizer.ts';
import { rbacEscalation } from '../authorization/rbac/escalation.ts';
import type { AdmissionPlugin } from './admission.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClassPlugin } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger/limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { podSecurity } from './pod-security/pod-security.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resource-quota/resource-quota.ts';
import { runtimeClass } from './runtime-class.ts';
import { serviceAccount } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { type WebhookParts, webhookPlugins } from './webhook/webhook-plugins.ts';

/** What the chain is made from. */
export interface AdmissionParts {
  readonly random: Random;
  readonly authorizer: Authorizer;
  /** Absent: no webhook is ever called. */
  readonly webhooks?: WebhookParts;
}

/**
 * The admission chain of an API server: the plugins that are on by default and matter here, in their order
 * (pkg/kubeapiserver/options/plugins.go); last what upstream's storage of roles and bindings asks.
 */
export function createAdmission({ random, authorizer, webhooks }: AdmissionParts): AdmissionPlugin[] {
  return [
    namespaceLifecycle,
    limitRanger,
    serviceAccount(random),
    podSecurity,
    priority,
    defaultTolerationSeconds,
    defaultStorageClassPlugin,
    storageObjectInUseProtection,
    runtimeClass,
    defaultIngressClass,
    ...(webhooks === undefined ? [] : webhookPlugins(webhooks)),
    resourceQuota(),
    rbacEscalation(authorizer),
  ];
}
