import type { LabelSelector } from '../../apimachinery/label-selector.ts';

/** What validating and mutating webhooks have in common. */
export interface Webhook {
  name: string;
  clientConfig: {
    url?: string;
    service?: { namespace: string; name: string; path?: string; port?: number };
    caBundle?: string;
  };
  rules?: WebhookRule[];
  failurePolicy?: string;
  matchPolicy?: string;
  namespaceSelector?: LabelSelector;
  objectSelector?: LabelSelector;
  sideEffects?: string;
  timeoutSeconds?: number;
  admissionReviewVersions?: string[];
  matchConditions?: MatchCondition[];
}

/** Keeps a webhook from being asked where its CEL expression is false. */
export interface MatchCondition {
  name: string;
  expression: string;
}

export interface WebhookRule {
  operations?: string[];
  apiGroups?: string[];
  apiVersions?: string[];
  resources?: string[];
  scope?: string;
}

/** pkg/apis/admissionregistration/v1/defaults.go SetDefaults_ValidatingWebhook, SetDefaults_MutatingWebhook */
export function withWebhookDefaults<T extends Webhook>(webhook: T): T {
  const { clientConfig } = webhook;
  const service = clientConfig?.service && { ...clientConfig.service, port: clientConfig.service.port ?? 443 };
  return {
    ...webhook,
    clientConfig: { ...clientConfig, ...(service && { service }) },
    failurePolicy: webhook.failurePolicy ?? 'Fail',
    matchPolicy: webhook.matchPolicy ?? 'Equivalent',
    namespaceSelector: webhook.namespaceSelector ?? {},
    objectSelector: webhook.objectSelector ?? {},
    timeoutSeconds: webhook.timeoutSeconds ?? 10,
    ...(webhook.rules && { rules: webhook.rules.map((rule) => ({ ...rule, scope: rule.scope ?? '*' })) }),
  };
}
