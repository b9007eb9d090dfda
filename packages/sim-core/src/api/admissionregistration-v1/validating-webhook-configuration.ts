import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { validateWebhooks } from './validation.ts';
import { type Webhook, withWebhookDefaults } from './webhook.ts';

/** admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration (kube-apiserver/admission/webhook/ asks whom it names). */
export interface ValidatingWebhookConfiguration {
  apiVersion: 'admissionregistration.k8s.io/v1';
  kind: 'ValidatingWebhookConfiguration';
  metadata: ObjectMeta;
  webhooks?: Webhook[];
}

export const validatingWebhookConfigurations = defineKind<ValidatingWebhookConfiguration>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingWebhookConfiguration',
  resource: 'validatingwebhookconfigurations',
  singular: 'validatingwebhookconfiguration',
  categories: ['api-extensions'],
  namespaced: false,
  generationOf: (configuration) => configuration.webhooks,
  setDefaults(configuration) {
    configuration.webhooks = configuration.webhooks?.map((webhook) => withWebhookDefaults(webhook));
  },
  validate: ({ webhooks }) => validateWebhooks(webhooks ?? []),
  columns: [NAME, column('Webhooks', ({ webhooks = [] }) => webhooks.length), AGE],
});
