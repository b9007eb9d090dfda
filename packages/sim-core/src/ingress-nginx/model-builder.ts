import { configMaps } from '../api/core-v1/config-map.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import { type AnnotationProblem, type ParsedAnnotations, parseAnnotations } from './annotations/parse-annotations.ts';
import { type GlobalDirectives, readConfigMap } from './config-map/keys.ts';
import type { Flags } from './flags.ts';
import { notOurs } from './ingress-class.ts';
import { buildConfiguration, type Model } from './model/build-configuration.ts';
import { CertificateStore } from './model/certificates.ts';
import type { ParsedIngress } from './model/draft.ts';
import { compareAge, parseIngress } from './model/parse-ingress.ts';
import { NamedObjects } from './named-objects.ts';
import { DEFAULT_BACKEND_PORT, type Endpoint } from './nginx/configuration.ts';
import type { ReplicaParts } from './replica-parts.ts';

/** Reads the cluster and builds the model: what one replica sees (internal/ingress/controller/store). */
export class ModelBuilder {
  readonly #parts: ReplicaParts;
  readonly #flags: Flags;
  readonly #objects: NamedObjects;
  readonly #certificates: CertificateStore;
  /** The version of an Ingress that was read last without being dropped: it keeps serving when a later one is bad. */
  readonly #accepted = new Map<string, ParsedIngress>();

  constructor(parts: ReplicaParts, flags: Flags) {
    this.#parts = parts;
    this.#flags = flags;
    this.#objects = new NamedObjects(parts.client, (host) => parts.context.resolve(host));
    this.#certificates = new CertificateStore(parts.client, parts.certificates);
  }

  /** Builds from top to bottom. */
  build(): Model {
    const globals = readConfigMap(this.#configMap());
    const ours = this.#parts.client
      .list(ingresses, this.#flags.watchNamespace === '' ? undefined : this.#flags.watchNamespace)
      .filter((ingress) => this.notOurs(ingress) === undefined)
      .sort(compareAge);
    const parsed = ours.flatMap((ingress) => this.#parse(ingress, globals));
    this.#forgetAllBut(ours);
    return this.#buildFrom(parsed, globals);
  }

  /** What a replica runs on before it has seen anything. */
  buildEmpty(): Model {
    return this.#buildFrom([], readConfigMap({}));
  }

  #buildFrom(parsed: readonly ParsedIngress[], { http, location, controller }: GlobalDirectives): Model {
    const defaultCertificate = this.#defaultCertificate();
    return buildConfiguration(parsed, {
      http: {
        ...http,
        addHeaders: this.#objects.headers(controller.addHeaders),
        proxySetHeaders: this.#objects.headers(controller.proxySetHeaders),
      },
      defaults: location,
      endpoints: (namespace, service, port) => this.#objects.endpoints(namespace, service, port),
      firstPort: (namespace, service) => this.#objects.firstPort(namespace, service),
      defaultBackend: this.#defaultBackend(),
      defaultCertificate,
      certificateOf: (ingress, host) => this.#certificates.for(ingress, host) ?? defaultCertificate,
    });
  }

  /** Why an Ingress is none of ours; undefined when it is. */
  notOurs(ingress: Ingress): string | undefined {
    return notOurs(ingress, this.#parts.client, this.#flags);
  }

  /** What is wrong with an Ingress's annotations. */
  problemsOf(ingress: Ingress): readonly AnnotationProblem[] {
    return this.#annotations(ingress, readConfigMap(this.#configMap())).problems;
  }

  #annotations(ingress: Ingress, { location, controller }: GlobalDirectives): ParsedAnnotations {
    return parseAnnotations(ingress.metadata.annotations ?? {}, location, this.#objects.lookup(ingress, controller));
  }

  #parse(ingress: Ingress, globals: GlobalDirectives): ParsedIngress[] {
    const uid = ingress.metadata.uid ?? '';
    const annotations = this.#annotations(ingress, globals);
    if (annotations.dropped) {
      const earlier = this.#accepted.get(uid);
      return earlier === undefined ? [] : [earlier];
    }
    const parsed = parseIngress(ingress, annotations);
    this.#accepted.set(uid, parsed);
    return [parsed];
  }

  #forgetAllBut(ours: readonly Ingress[]): void {
    const uids = new Set(ours.map(({ metadata }) => metadata.uid ?? ''));
    for (const uid of [...this.#accepted.keys()]) if (!uids.has(uid)) this.#accepted.delete(uid);
  }

  #configMap(): Record<string, string> {
    const { namespace, name } = parseKey(this.#flags.configMap);
    return this.#parts.client.get(configMaps, namespace, name)?.data ?? {};
  }

  #defaultCertificate() {
    const { namespace, name } = parseKey(this.#flags.defaultSslCertificate);
    return (name === '' ? undefined : this.#certificates.get(namespace, name)) ?? this.#certificates.fake;
  }

  /** The Service of --default-backend-service where it has endpoints, else the controller's own 404. */
  #defaultBackend(): Endpoint[] {
    const own = [{ address: '127.0.0.1', port: DEFAULT_BACKEND_PORT }];
    if (this.#flags.defaultBackendService === '') return own;
    const { namespace, name } = parseKey(this.#flags.defaultBackendService);
    const found = [...this.#objects.firstPort(namespace, name).endpoints];
    return found.length > 0 ? found : own;
  }
}
