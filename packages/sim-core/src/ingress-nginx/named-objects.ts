import { configMaps } from '../api/core-v1/config-map.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { services } from '../api/core-v1/service.ts';
import type { Ingress } from '../api/networking-v1/ingress.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { EndpointSliceLister } from '../client/endpoint-slice-lister.ts';
import type { AnnotationLookup } from './annotations/lookup.ts';
import type { Certificates } from './certificates.ts';
import type { ControllerSettings } from './config-map/keys.ts';
import { clusterEndpoint, type EndpointLookup, serviceEndpoints } from './model/endpoints.ts';
import type { Endpoint } from './nginx/configuration.ts';
import { decoded, TlsSecrets } from './tls-secrets.ts';

/** Finds what Ingresses, annotations and the ConfigMap name. */
export class NamedObjects {
  readonly #client: Client;
  readonly #endpoints: EndpointLookup;

  readonly #tlsSecrets: TlsSecrets;

  /** @param externalNames address of a host name, for ExternalName Services; undefined: they have none */
  constructor(
    client: Client,
    certificates: Certificates,
    externalNames: ((host: string) => string | undefined) | undefined,
  ) {
    this.#client = client;
    this.#tlsSecrets = new TlsSecrets(certificates);
    this.#endpoints = { client, slices: new EndpointSliceLister(client), resolve: externalNames };
  }

  /** Ready endpoints behind a Service's port. */
  endpoints(namespace: string, service: string, port: string): readonly Endpoint[] {
    return serviceEndpoints(this.#endpoints, namespace, service, port);
  }

  /** The address of a Service itself. */
  clusterIp(namespace: string, service: string, port: string): Endpoint | undefined {
    return clusterEndpoint(this.#client, namespace, service, port);
  }

  /** The first port of a Service with its ready endpoints. */
  firstPort(namespace: string, service: string): { port: string; endpoints: readonly Endpoint[] } {
    const first = this.#client.get(services, namespace, service)?.spec.ports?.[0]?.port;
    if (first === undefined) return { port: '', endpoints: [] };
    return { port: String(first), endpoints: this.endpoints(namespace, service, String(first)) };
  }

  /** Headers that a ConfigMap (`namespace/name`) holds, flat; none for ''. */
  headers(configMap: string): string[] {
    const { namespace, name } = parseKey(configMap);
    return Object.entries(this.#client.get(configMaps, namespace, name)?.data ?? {}).flat();
  }

  /** What annotations of an Ingress may look up; `used`: whether they did. */
  lookup({ metadata }: Ingress, settings: ControllerSettings): AnnotationLookup & { readonly used: boolean } {
    let used = false;
    const get: Client['get'] = (kind, namespace, name) => {
      used = true;
      return this.#client.get(kind, namespace, name);
    };
    return {
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      uid: metadata.uid ?? '',
      secret: (namespace, name) => {
        const secret = get(secrets, namespace, name);
        return secret && decoded(secret);
      },
      tlsSecret: (namespace, name) => {
        const secret = get(secrets, namespace, name);
        const read = secret && this.#tlsSecrets.of(secret);
        return read ?? `local SSL certificate ${namespace}/${name} was not found`;
      },
      hasService: (namespace, name) => get(services, namespace, name) !== undefined,
      configMap: (namespace, name) => {
        const found = get(configMaps, namespace, name);
        return found && (found.data ?? {});
      },
      allowedResponseHeaders: settings.allowedResponseHeaders,
      crossNamespace: settings.allowCrossNamespaceResources,
      maxRisk: settings.annotationsRiskLevel,
      get used() {
        return used;
      },
    };
  }
}
