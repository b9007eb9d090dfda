import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { validateWebhooks } from './validation.ts';
import { type Webhook, withWebhookDefaults } from './webhook.ts';

/** admissionregistration.k8s.io/v1 MutatingWebhookConfiguration (kube-apiserver/admission/webhook/ asks whom it names). */
export interface MutatingWebhookConfiguration {
  apiVersion: 'admissionregistration.k8s.io/v1';
  kind: 'MutatingWebhookConfiguration';
  metadata: ObjectMeta;
  webhooks?: (Webhook & { reinvocationPolicy?: string })[];
}

export const mutatingWebhookConfigurations = defineKind<MutatingWebhookConfiguration>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingWebhookConfiguration',
  resource: 'mutatingwebhookconfigurations',
  singular: 'mutatingwebhookconfiguration',
  categories: ['api-extensions'],
  namespaced: false,
  generationOf: (configuration) => configuration.webhooks,
  setDefaults(configuration) {
    configuration.webhooks = configuration.webhooks?.map((webhook) => ({
      reinvocationPolicy: 'Never',
      ...withWebhookDefaults(webhook),
    }));
  },
  validate: ({ webhooks }) => validateWebhooks(webhooks ?? []),
  columns: [NAME, column('Webhooks', ({ webhooks = [] }) => webhooks.length), AGE],
});
