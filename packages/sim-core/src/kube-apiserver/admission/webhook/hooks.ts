import { mutatingWebhookConfigurations } from '../../../api/admissionregistration-v1/mutating-webhook-configuration.ts';
import { validatingWebhookConfigurations } from '../../../api/admissionregistration-v1/validating-webhook-configuration.ts';
import type { Webhook } from '../../../api/admissionregistration-v1/webhook.ts';
import { groupResource } from '../../../apimachinery/kind.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';
import type { Store } from '../../../etcd/store.ts';

/** One webhook of a configuration. */
export interface Hook {
  /** Configuration, name and number: two webhooks may share a name. */
  readonly id: string;
  readonly webhook: Webhook;
  /** Of mutating ones: whether it is asked again about what others have changed after it. */
  readonly reinvocationPolicy: string;
}

const VALIDATING = groupResource(validatingWebhookConfigurations);
const MUTATING = groupResource(mutatingWebhookConfigurations);

/**
 * The webhooks that are configured now, by the names of their configurations (k8s.io/apiserver/pkg/admission/configuration).
 * Every write asks, and most clusters have next to none.
 */
export class Hooks {
  readonly #store: Store;
  #validating: readonly Hook[] | undefined;
  #mutating: readonly Hook[] | undefined;

  constructor(store: Store) {
    this.#store = store;
    store.watch((resource) => {
      if (resource === VALIDATING) this.#validating = undefined;
      else if (resource === MUTATING) this.#mutating = undefined;
    });
  }

  get validating(): readonly Hook[] {
    this.#validating ??= this.#read(VALIDATING);
    return this.#validating;
  }

  get mutating(): readonly Hook[] {
    this.#mutating ??= this.#read(MUTATING);
    return this.#mutating;
  }

  #read(resource: string): Hook[] {
    const configurations = this.#store.list(resource) as Configuration[];
    return configurations.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)).flatMap(hooksOf);
  }
}

type Configuration = KubeObject & { webhooks?: (Webhook & { reinvocationPolicy?: string })[] };

function hooksOf({ metadata, webhooks = [] }: Configuration): Hook[] {
  return webhooks.map((webhook, index) => ({
    id: `${metadata.name}/${webhook.name}/${index}`,
    webhook,
    reinvocationPolicy: webhook.reinvocationPolicy ?? 'Never',
  }));
}
