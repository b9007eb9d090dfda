import { services } from '../api/core-v1/service.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { FindIngress } from './admission/overlap.ts';
import type { AnnotationProblem } from './annotations/parse-annotations.ts';
import { type ControllerSettings, type GlobalDirectives, readConfigMap } from './config-map/keys.ts';
import type { Flags } from './flags.ts';
import { classError, notOurs } from './ingress-class.ts';
import { IngressReader } from './ingress-reader.ts';
import { buildConfiguration, type Model } from './model/build-configuration.ts';
import { CertificateStore } from './model/certificates.ts';
import type { ParsedIngress } from './model/draft.ts';
import { type Orphanage, orphanages } from './model/orphans.ts';
import { compareAge } from './model/parse-ingress.ts';
import type { Endpoints } from './model/upstreams.ts';
import { NamedObjects } from './named-objects.ts';
import type { Endpoint } from './nginx/configuration.ts';
import type { ReplicaParts } from './replica-parts.ts';

/** Reads the cluster and builds the model: what one replica sees (internal/ingress/controller/store). */
export class ModelBuilder {
  readonly #parts: ReplicaParts;
  readonly #flags: Flags;
  readonly #objects: NamedObjects;
  readonly #certificates: CertificateStore;
  readonly #reader: IngressReader;

  constructor(parts: ReplicaParts, flags: Flags) {
    this.#parts = parts;
    this.#flags = flags;
    const resolve = (host: string) => parts.context.resolve(host);
    const externalNames = flags.disableSvcExternalName ? undefined : resolve;
    this.#objects = new NamedObjects(parts.client, parts.certificates, externalNames);
    this.#reader = new IngressReader(parts.client, this.#objects, flags);
    this.#certificates = new CertificateStore(parts.client, parts.certificates);
  }

  /** Builds from top to bottom. */
  build(): Model {
    return this.#buildFrom(this.#parsed(), this.#reader.globals());
  }

  /** Builds what comes out with an Ingress that is not in the store yet, as the youngest; nothing is loaded. */
  with(ingress: Ingress): { readonly model: Model; readonly find: FindIngress } {
    const others = this.#parsed().filter((each) => !isNamed(each, ingress.metadata));
    const candidate = this.#reader.candidate(ingress);
    const parsed = [...neighbours(candidate, others), candidate];
    return {
      model: this.#buildFrom(parsed, this.#reader.globals()),
      find: (namespace, name) => parsed.find((each) => isNamed(each, { namespace, name }))?.ingress,
    };
  }

  /** What the ConfigMap says to the controller itself. */
  settings(): ControllerSettings {
    return this.#reader.globals().controller;
  }

  /** Every Ingress of ours, oldest first. */
  #parsed(): ParsedIngress[] {
    const { watchNamespace, disableCatchAll } = this.#flags;
    const ours = this.#parts.client
      .list(ingresses, watchNamespace === '' ? undefined : watchNamespace)
      .filter((ingress) => this.notOurs(ingress) === undefined)
      .filter(({ spec }) => !disableCatchAll || spec.defaultBackend === undefined)
      .sort(compareAge);
    return this.#reader.parse(ours);
  }

  /** What a replica runs on before it has seen anything, its ConfigMap neither. */
  buildEmpty(): Model {
    return this.#buildFrom([], readConfigMap({}));
  }

  #buildFrom(parsed: readonly ParsedIngress[], { http, location, controller }: GlobalDirectives): Model {
    const defaultCertificate = this.#defaultCertificate();
    return buildConfiguration(parsed, {
      http: {
        ...http,
        httpPort: this.#flags.httpPort,
        defaultServerPort: this.#flags.defaultServerPort,
        healthCheckPath: this.#flags.healthCheckPath,
        httpsPort: this.#flags.httpsPort,
        addHeaders: this.#objects.headers(controller.addHeaders),
        proxySetHeaders: this.#objects.headers(controller.proxySetHeaders),
      },
      defaults: location,
      endpoints: this.#endpoints(),
      firstPort: (namespace, service) => this.#objects.firstPort(namespace, service),
      defaultBackend: this.#defaultBackend(),
      defaultCertificate,
      sharesProxySsl: !controller.proxySslLocationOnly,
      passesThrough: this.#flags.enableSslPassthrough,
      certificateOf: (ingress, host) => this.#certificates.for(ingress, host) ?? defaultCertificate,
    });
  }

  /** Ingresses with backends that lead nowhere. */
  orphans(): Orphanage[] {
    return orphanages(this.#parsed(), {
      ...this.#endpoints(),
      hasService: (namespace, service) => this.hasService(namespace, service),
    });
  }

  hasService(namespace: string, service: string): boolean {
    return this.#parts.client.get(services, namespace, service) !== undefined;
  }

  /** How many Ingresses are served. */
  count(): number {
    return this.#parsed().length;
  }

  #endpoints(): Endpoints {
    return {
      pods: (namespace, service, port) => this.#objects.endpoints(namespace, service, port),
      clusterIp: (namespace, service, port) => this.#objects.clusterIp(namespace, service, port),
    };
  }

  /** Why an Ingress is none of ours; undefined when it is. */
  notOurs(ingress: Ingress): string | undefined {
    return notOurs(ingress, this.#parts.client, this.#flags);
  }

  /** Whether some version of an Ingress is served. */
  hasTaken(ingress: Ingress): boolean {
    return this.#reader.hasTaken(ingress);
  }

  /** Why an Ingress has no class of ours, in the original's words; undefined when it has. */
  classError(ingress: Ingress): string | undefined {
    return classError(ingress, this.#parts.client, this.#flags);
  }

  /** What is wrong with an Ingress's annotations. */
  problemsOf(ingress: Ingress): readonly AnnotationProblem[] {
    return this.#reader.annotations(ingress).problems;
  }

  #defaultCertificate() {
    const { namespace, name } = parseKey(this.#flags.defaultSslCertificate);
    return (name === '' ? undefined : this.#certificates.get(namespace, name)) ?? this.#certificates.fake;
  }

  /** The Service of --default-backend-service where it has endpoints, else the controller's own 404. */
  #defaultBackend(): Endpoint[] {
    const own = [{ address: '127.0.0.1', port: this.#flags.defaultServerPort }];
    if (this.#flags.defaultBackendService === '') return own;
    const { namespace, name } = parseKey(this.#flags.defaultBackendService);
    const found = [...this.#objects.firstPort(namespace, name).endpoints];
    return found.length > 0 ? found : own;
  }
}

function isNamed(parsed: ParsedIngress, { namespace = '', name }: { namespace?: string; name: string }): boolean {
  return parsed.name === name && parsed.namespace === namespace;
}

/** Ingresses that decide which locations the candidate's hosts have: with canaries about, any may. */
function neighbours(candidate: ParsedIngress, others: readonly ParsedIngress[]): readonly ParsedIngress[] {
  if ([candidate, ...others].some(({ directives }) => directives.canary)) return others;
  const hosts = new Set(candidate.rules.map(({ host }) => host));
  return others.filter(({ rules }) => rules.some(({ host }) => hosts.has(host)));
}
