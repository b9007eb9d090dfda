import { configMaps } from '../api/core-v1/config-map.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices } from '../api/discovery-v1/endpoint-slice.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { ingressClasses } from '../api/networking-v1/ingress-class.ts';
import { keyOf } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { type Controller, watching } from '../controller-runtime/controller.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { ReplicaEvents } from './replica-events.ts';

/** Stands for "something that the configuration is made from changed"; every other key is an Ingress. */
const CONFIGURATION = Object.freeze({ namespace: '', name: 'configuration' });

/** What the controller is made from. */
export interface ConfigurationParts {
  readonly client: Client;
  readonly events: ReplicaEvents;
  readonly builder: ModelBuilder;
  sync(): void;
}

/** Loads a configuration whenever something that it is made from changes, and tells of the Ingresses that it sees. */
export function configurationController(parts: ConfigurationParts): Controller {
  const { client, events, builder, sync } = parts;
  const touched = () => [CONFIGURATION];
  return {
    name: 'ingress-nginx',
    component: 'nginx-ingress-controller',
    for: ingresses,
    watches: [
      watching(ingresses, touched),
      watching(ingressClasses, touched),
      watching(services, touched),
      watching(endpointSlices, touched),
      watching(secrets, touched),
      watching(configMaps, touched),
      watching(namespaces, touched),
    ],
    reconcile: ({ namespace, name }) => {
      if (namespace === '') {
        sync();
        return;
      }
      const ingress = client.get(ingresses, namespace, name);
      if (ingress === undefined) events.gone(keyOf(namespace, name));
      else events.seen(ingress, builder);
    },
  };
}
