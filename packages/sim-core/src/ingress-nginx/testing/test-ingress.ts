import { type Event, events } from '../../api/core-v1/event.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type Service, services } from '../../api/core-v1/service.ts';
import { type EndpointSlice, endpointSlices } from '../../api/discovery-v1/endpoint-slice.ts';
import { groupResource } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { Client } from '../../client/client.ts';
import { type Behaviour, backendPod, POD_PORT, sliceOf } from '../../conformance/ingress-nginx/backends.ts';
import { Manager } from '../../controller-runtime/manager.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { loadObjects } from '../../kube-apiserver/load-objects.ts';
import { createTestServer } from '../../kube-apiserver/test-server.ts';
import { VERSION_INFO } from '../../kube-apiserver/version-info.ts';
import { ContainerLog } from '../../kubelet/container-log.ts';
import { ExternalHosts } from '../../network/external-hosts.ts';
import { Network } from '../../network/network.ts';
import type { RandomStream } from '../../sim/random.ts';
import { createIngressNginx, type IngressNginx } from '../controller.ts';
import { DecisionRecords } from '../nginx/decision-record.ts';
import { requestId } from '../nginx/request-id.ts';
import { SplitCounters } from '../nginx/split-counters.ts';
import { banner } from '../start-up.ts';
import { CONTROLLER_NAMESPACE, containerContext, controllerPod, PUBLISH_SERVICE } from './controller-container.ts';
import { exchangeAll, type TestAnswer, type TestRequest } from './test-client.ts';
import { webhookTransportOf } from './test-webhook-transport.ts';

/** A replica that runs in the test, with its pod and what it logged. */
export interface TestReplica extends IngressNginx {
  readonly pod: Pod;
  readonly podIp: string;
  /** Everything in its log. */
  log(): string[];
  /** What nginx logged of requests and errors: neither the banner nor the controller's own lines. */
  logged(): string[];
  /** SIGTERM. */
  end(): void;
  /** SIGKILL: it tells nobody. */
  kill(): void;
}

/**
 * An API server, the flat network and pods that echo: everything around the controller, in virtual time, without
 * kubelet, scheduler and sockets. Replicas run for real.
 */
export class TestIngress {
  readonly server: ReturnType<typeof createTestServer>;
  readonly network = new Network();
  readonly externalHosts = new ExternalHosts(this.network);
  readonly records = new DecisionRecords();
  readonly splits: SplitCounters;
  readonly client: Client;
  readonly manager: Manager;
  readonly failures: string[] = [];
  readonly replicas: TestReplica[] = [];
  readonly #draws = new Map<string, RandomStream>();
  readonly #newDraws: (name: string) => RandomStream;
  #addresses = 0;

  /** @param options `draws`: makes the streams of canary draws, by name */
  constructor({ seed = 1, draws }: { seed?: number; draws?: (name: string) => RandomStream } = {}) {
    this.server = createTestServer({ seed, webhooks: webhookTransportOf(() => this) });
    this.#newDraws = draws ?? ((name) => this.server.random.fork(name));
    const { store, clock } = this.server;
    const clientFor = (user: string) => new Client(store, this.server.registry, user);
    this.client = clientFor('test');
    this.splits = new SplitCounters(() => this.client.revision);
    const onFailure = (name: string, key: string, error: unknown) => this.failures.push(`${name} ${key}: ${error}`);
    this.manager = new Manager({ store, clock, clientFor, onFailure });
    this.load([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name: 'nginx' },
        spec: { controller: 'k8s.io/ingress-nginx' },
      },
    ]);
  }

  /** Puts objects into the store as they are, with their age. */
  load(objects: readonly unknown[]): KubeObject[] {
    const loaded = loadObjects(this.server, objects);
    this.manager.settle();
    return loaded;
  }

  /** Sets the ConfigMap of the controller. */
  configure(data: Readonly<Record<string, string>>): void {
    this.load([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace: CONTROLLER_NAMESPACE, name: PUBLISH_SERVICE },
        data,
      },
    ]);
  }

  /** Makes a Service `name` or `namespace/name` on port 80, with so many ready pods behind it. */
  service(key: string, endpoints = 1, behaviour?: Behaviour): void {
    const slash = key.indexOf('/');
    const [namespace, name] = slash < 0 ? ['default', key] : [key.slice(0, slash), key.slice(slash + 1)];
    const ports = [{ name: 'http', port: 80, targetPort: POD_PORT, protocol: 'TCP' }];
    this.load([
      { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec: { selector: { app: name }, ports } },
    ]);
    const addresses = Array.from({ length: endpoints }, (_, index) => this.#attach(name, index, behaviour));
    this.load([sliceOf({ namespace, name }, addresses)]);
  }

  /** A Service gets other pods, as on scaling: those that stay keep their addresses, `given` ones are on the network already. */
  scale(name: string, endpoints: number, ...given: string[]): void {
    const slice = this.client.get(endpointSlices, 'default', `${name}-1`) as EndpointSlice;
    const addresses = Array.from({ length: endpoints }, (_, index) => {
      const known = slice.endpoints[index]?.addresses[0] ?? given[index];
      return known ?? this.#attach(name, index, undefined);
    });
    this.client.update(endpointSlices, {
      ...sliceOf({ namespace: 'default', name }, addresses),
      metadata: slice.metadata,
    });
    this.manager.settle();
  }

  /** Registers a node. */
  node(name: string, internalIp: string): void {
    const status = { addresses: [{ type: 'InternalIP', address: internalIp }] };
    this.load([{ apiVersion: 'v1', kind: 'Node', metadata: { name }, status }]);
  }

  /** The Service whose address goes into the status. */
  publish(spec: Partial<Service['spec']>, loadBalancer: { ip?: string; hostname?: string }[]): void {
    const metadata = { namespace: CONTROLLER_NAMESPACE, name: PUBLISH_SERVICE };
    const status = { loadBalancer: loadBalancer.length === 0 ? {} : { ingress: loadBalancer } };
    this.load([{ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }], ...spec }, status }]);
    this.client.updateStatus(services, {
      ...(this.client.get(services, metadata.namespace, metadata.name) as Service),
      status,
    });
    this.manager.settle();
  }

  /** Starts one more replica. */
  start(flags: readonly string[] = []): TestReplica {
    const podIp = this.nextAddress();
    const name = `controller-${this.replicas.length}`;
    const [pod] = this.load([controllerPod(name, podIp)]) as [Pod];
    const log = new ContainerLog();
    const { clock, random } = this.server;
    const requestIds = random.fork(`request-ids/${name}`);
    const replica = createIngressNginx({
      client: new Client(this.server.store, this.server.registry, 'system:ingress-nginx'),
      clock,
      random,
      network: this.network,
      certificates: nodeCertificates,
      records: this.records,
      splits: this.splits,
      statusDelay: () => 1000,
      traceHeader: false,
      context: containerContext(this, { pod, podIp, flags, log }),
      drawStream: (origin, upstream) => this.#drawStream(`canary/${origin}/${upstream}`),
      newRequestId: () => requestId(requestIds),
      serverVersion: VERSION_INFO,
      isLast: () => this.replicas.length === 1,
    });
    const stops = replica.controllers.map((controller) => this.manager.add(controller));
    stops.push(this.network.attach(podIp, replica));
    const leave = () => {
      for (const stop of stops) stop();
      this.replicas.splice(this.replicas.indexOf(running), 1);
      this.client.delete(pods, CONTROLLER_NAMESPACE, name, { gracePeriodSeconds: 0 });
      this.manager.settle();
    };
    const lines = () => log.lines().map(({ text }) => text);
    const bannerLength = banner().length;
    const logged = () =>
      lines()
        .slice(bannerLength)
        .filter((line) => !/^[IWEF]\d{4} /.test(line));
    const running: TestReplica = {
      ...replica,
      pod,
      podIp,
      log: lines,
      logged,
      end: () => replica.stop(leave),
      kill: leave,
    };
    this.replicas.push(running);
    this.manager.settle();
    return running;
  }

  /** Sends a request to the first replica. */
  async send(request: TestRequest): Promise<TestAnswer> {
    const [answer] = await this.sendAll([request]);
    return answer as TestAnswer;
  }

  /** Sends requests to the first replica, all at once. */
  sendAll(requests: readonly TestRequest[]): Promise<TestAnswer[]> {
    const port = requests[0]?.scheme === 'https' ? 443 : 80;
    const workload = this.replicas[0]?.listener(port);
    if (workload === undefined) throw new Error('no replica runs');
    return exchangeAll(workload, requests, this.server.clock);
  }

  /** Moves time, instant by instant. */
  advance(milliseconds: number): void {
    const { clock } = this.server;
    const to = clock.now() + milliseconds;
    for (let next = clock.nextTimerAt(); next !== undefined && next <= to; next = clock.nextTimerAt()) {
      clock.advanceTo(next);
      this.manager.settle();
    }
    clock.advanceTo(to);
  }

  /** Events on an object, oldest first. */
  eventsOn(name: string): Event[] {
    return (this.server.store.list(groupResource(events)) as Event[]).filter(
      (event) => event.involvedObject.name === name,
    );
  }

  /** An address that no pod has yet. */
  nextAddress(): string {
    this.#addresses++;
    return `10.244.${Math.floor(this.#addresses / 250)}.${(this.#addresses % 250) + 2}`;
  }

  #attach(service: string, index: number, behaviour: Behaviour): string {
    const address = this.nextAddress();
    this.network.attach(address, backendPod(service, index, behaviour, this.server.clock));
    return address;
  }

  #drawStream(name: string): RandomStream {
    const stream = this.#draws.get(name) ?? this.#newDraws(name);
    this.#draws.set(name, stream);
    return stream;
  }
}
