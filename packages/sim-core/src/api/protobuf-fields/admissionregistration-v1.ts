/** Field numbers of the messages in k8s.io/api/admissionregistration/v1/generated.proto (v1.33); ./index.ts tells how to read them. */
export const ADMISSIONREGISTRATION_V1_FIELDS: Readonly<Record<string, string>> = Object.freeze({
  AdmissionregistrationV1ServiceReference: 'namespace=1 name=2 path=3? port=4?',
  AdmissionregistrationV1WebhookClientConfig: 'url=3? service=1? caBundle=2?',
  MatchCondition: 'name=1 expression=2',
  MutatingWebhook:
    'name=1 clientConfig=2 rules=3 failurePolicy=4? matchPolicy=9? namespaceSelector=5? objectSelector=11? sideEffects=6? timeoutSeconds=7? admissionReviewVersions=8 reinvocationPolicy=10? matchConditions=12',
  MutatingWebhookConfiguration: 'metadata=1 webhooks=2',
  RuleWithOperations: 'operations=1 apiGroups=2.1 apiVersions=2.2 resources=2.3 scope=2.4?',
  ValidatingWebhook:
    'name=1 clientConfig=2 rules=3 failurePolicy=4? matchPolicy=9? namespaceSelector=5? objectSelector=10? sideEffects=6? timeoutSeconds=7? admissionReviewVersions=8 matchConditions=11',
  ValidatingWebhookConfiguration: 'metadata=1 webhooks=2',
});
