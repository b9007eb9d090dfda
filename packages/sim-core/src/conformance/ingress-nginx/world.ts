import { services } from '../../api/core-v1/service.ts';
import { type EndpointSlice, endpointSlices } from '../../api/discovery-v1/endpoint-slice.ts';
import type { Cluster } from '../../index.ts';
import type { Certificates } from '../../ingress-nginx/certificates.ts';
import { CONTROLLER, openStand, type Stand, type StandParts } from '../stand.ts';
import { type Behaviour, backendPod, POD_PORT, sliceOf } from './backends.ts';
import { type Scaling, scalingOf } from './changes.ts';
import { controllerConfigOf } from './controller-config.ts';
import { configMapOf, placeOf, secretOf } from './objects.ts';
import { PROGRAMS } from './programs.ts';
import type { Vector } from './vector.ts';

/** The Service of --publish-service where a vector has one of its own. */
const PUBLISHED = Object.freeze({ namespace: CONTROLLER.namespace, name: 'published' });
/** Addresses of the pods behind vectors' Services: beside the range of the nodes' own pods. */
const ADDRESSES = '10.192';
const PER_RANGE = 250;

/** Everything that a vector has beside its manifests, and a controller that runs. */
export class World {
  readonly stand: Stand;
  readonly #addresses = new Map<string, string[]>();
  #given = 0;

  private constructor(stand: Stand) {
    this.stand = stand;
  }

  get cluster(): Cluster {
    return this.stand.cluster;
  }

  /** Starts the cluster of a vector. The caller closes the stand. */
  static async open(vector: Vector, parts: StandParts, seed: string): Promise<World> {
    const { configMap, flags } = controllerConfigOf(vector.controllerConfig ?? {});
    const publish =
      vector.publishService === undefined ? [] : [`--publish-service=${PUBLISHED.namespace}/${PUBLISHED.name}`];
    const world = new World(await openStand(parts, { seed, configMap, flags: [...flags, ...publish] }));
    world.#prepare(vector, parts.certificates);
    return world;
  }

  /** Loads the manifests with their age. */
  load(manifests: Vector['manifests'] = []): void {
    this.cluster.load(manifests);
  }

  /** Creates a namespace where it is not there. */
  namespace(name: string): void {
    this.cluster.applyObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]);
  }

  /** Gives a Service another number of pods; those that stay keep their addresses. */
  scale({ service, to }: Scaling): void {
    const { namespace, name } = placeOf(service);
    const { client } = this.cluster;
    const { metadata } = client.get(endpointSlices, namespace, `${name}-1`) as EndpointSlice;
    client.update(endpointSlices, { ...this.#slice(service, to), metadata });
    this.cluster.settle();
  }

  /** Cluster time passes. */
  advance(milliseconds: number): void {
    this.cluster.advance(milliseconds);
  }

  #prepare(vector: Vector, certificates: Certificates): void {
    for (const [address, program] of Object.entries(PROGRAMS)) this.cluster.network.externalHosts.add(address, program);
    for (const [key, { endpoints, behaviour }] of Object.entries(vector.services ?? {}))
      this.#service(key, endpoints, behaviour);
    for (const [key, secret] of Object.entries(vector.secrets ?? {}))
      this.cluster.load([secretOf(key, secret, certificates)]);
    for (const [key, data] of Object.entries(vector.configMaps ?? {})) this.cluster.load([configMapOf(key, data)]);
    const scaling = scalingOf(vector);
    if (scaling !== undefined && !this.#addresses.has(scaling.service)) this.#service(scaling.service, scaling.from);
    if (vector.publishService !== undefined) this.#publish(vector.publishService);
  }

  /** A Service on port 80 without selector, and its pods: no kubelet stands in their way. */
  #service(key: string, endpoints: number, behaviour?: Behaviour): void {
    const ports = [{ name: 'http', port: 80, targetPort: POD_PORT, protocol: 'TCP' }];
    this.cluster.load([{ apiVersion: 'v1', kind: 'Service', metadata: placeOf(key), spec: { ports } }]);
    this.cluster.load([this.#slice(key, endpoints, behaviour)]);
  }

  #slice(key: string, endpoints: number, behaviour?: Behaviour): EndpointSlice {
    const place = placeOf(key);
    const addresses = this.#addresses.get(key) ?? [];
    this.#addresses.set(key, addresses);
    for (let index = addresses.length; index < endpoints; index++) {
      const address = `${ADDRESSES}.${Math.floor(this.#given / PER_RANGE)}.${(this.#given++ % PER_RANGE) + 1}`;
      this.cluster.network.network.attach(address, backendPod(place.name, index, behaviour, this.cluster.clock));
      addresses.push(address);
    }
    return sliceOf(place, addresses.slice(0, endpoints));
  }

  /** Of a class that no cloud serves: the load balancer's addresses are those of the vector. */
  #publish({ lb = [], ...spec }: NonNullable<Vector['publishService']>): void {
    const foreign = spec.type === 'LoadBalancer' ? { loadBalancerClass: 'conformance.test/recorded' } : {};
    const status = { loadBalancer: lb.length === 0 ? {} : { ingress: lb } };
    const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: PUBLISHED,
      spec: { ports, ...foreign, ...spec },
      status,
    };
    this.cluster.load([service]);
    if (this.cluster.client.get(services, PUBLISHED.namespace, PUBLISHED.name) === undefined)
      throw new Error('the Service of --publish-service is not there');
  }
}
