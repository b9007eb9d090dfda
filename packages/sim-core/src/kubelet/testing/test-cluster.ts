import { configMaps } from '../../api/core-v1/config-map.ts';
import { type Event, events } from '../../api/core-v1/event.ts';
import { namespaces } from '../../api/core-v1/namespace.ts';
import { nodes } from '../../api/core-v1/node.ts';
import { type Container, type Pod, type PodSpec, pods } from '../../api/core-v1/pod.ts';
import { secrets } from '../../api/core-v1/secret.ts';
import { type Service, type ServiceSpec, services } from '../../api/core-v1/service.ts';
import { isConditionTrue } from '../../apimachinery/condition.ts';
import { Client } from '../../client/client.ts';
import { EndpointSliceLister } from '../../client/endpoint-slice-lister.ts';
import { Manager } from '../../controller-runtime/manager.ts';
import { Store } from '../../etcd/store.ts';
import type { LogRequest } from '../../kube-apiserver/kubelet-connection.ts';
import { Registry } from '../../kube-apiserver/registry.ts';
import { kubeProxyController } from '../../kube-proxy/kube-proxy.ts';
import { ServiceRouting } from '../../kube-proxy/service-routing.ts';
import { type ExchangeResult, exchange } from '../../network/exchange.ts';
import { ExternalHosts } from '../../network/external-hosts.ts';
import { HttpClient } from '../../network/http-client.ts';
import { Network } from '../../network/network.ts';
import { Random } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import type { Program } from '../../workloads/program.ts';
import { PROGRAMS } from '../../workloads/programs.ts';
import { kubeletController } from '../controller.ts';
import type { KubeletSettings } from '../image-manager.ts';
import { Kubelet } from '../kubelet.ts';
import { sliceController } from './slice-controller.ts';

const NO_SETTINGS: KubeletSettings = { images: [], allowImages: [], delays: { imagePull: 0, containerStart: 0 } };

/**
 * A cluster of the real rooms with two nodes, the kubelet and kube-proxy, and nothing that makes pods: tests put pods on
 * nodes themselves. Slices are kept by a few lines that stand in for the endpointslice controller.
 */
export class TestCluster {
  readonly clock: VirtualClock;
  readonly network = new Network();
  readonly client: Client;
  readonly kubelet: Kubelet;
  readonly routing: ServiceRouting;
  readonly http: HttpClient;
  readonly slices: EndpointSliceLister;
  readonly externalHosts: ExternalHosts;
  readonly manager: Manager;
  readonly notices: string[] = [];
  readonly failures: unknown[] = [];

  constructor(
    options: {
      settings?: Partial<KubeletSettings>;
      programs?: readonly Program[] | ((client: Client) => readonly Program[]);
      seed?: string;
    } = {},
  ) {
    const store = new Store();
    const random = new Random(options.seed ?? 'test');
    this.clock = new VirtualClock(undefined, () => this.settle());
    const registry = new Registry({
      store,
      clock: this.clock,
      random,
      admission: [],
      services: { allocate: () => {} },
    });
    const clientFor = (user: string) => new Client(store, registry, user);
    this.client = clientFor('system:admin');
    this.manager = new Manager({
      store,
      clock: this.clock,
      clientFor,
      onFailure: (_controller, _key, error) => this.failures.push(error),
    });
    this.slices = new EndpointSliceLister(this.client);
    this.externalHosts = new ExternalHosts(this.network);
    this.http = new HttpClient({
      network: this.network,
      clock: this.clock,
      dns: { client: this.client, slices: this.slices, externalHosts: this.externalHosts },
    });
    const settings = { ...NO_SETTINGS, ...options.settings };
    this.kubelet = new Kubelet({
      client: this.client,
      clock: this.clock,
      random,
      network: this.network,
      http: this.http,
      programs: typeof options.programs === 'function' ? options.programs(this.client) : (options.programs ?? PROGRAMS),
      settings: () => settings,
      settle: () => this.settle(),
      notice: (message) => this.notices.push(message),
    });
    this.routing = new ServiceRouting({
      client: this.client,
      slices: this.slices,
      clock: this.clock,
      random,
      nodeOf: (ip) => this.kubelet.nodeOf(ip),
    });
    this.network.translateWith((ip, port, sourceIp) => this.routing.translate(ip, port, sourceIp));
    this.manager.add(kubeletController(this.kubelet));
    this.manager.add(sliceController);
    this.manager.add(kubeProxyController(this.routing));
    this.client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    for (const index of [0, 1]) this.addNode(index);
    this.settle();
  }

  settle(): void {
    this.manager.settle();
  }

  /** Settles, then lets so many seconds pass. */
  advance(seconds: number): void {
    this.settle();
    this.clock.advanceTo(this.clock.now() + seconds * 1000);
  }

  /** Lets promises that are under way come to their end. */
  async flush(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }

  /** Creates a pod with one container on a node, settles, and returns it as it is then. */
  pod(
    name: string,
    container: Partial<Container> = {},
    spec: Partial<PodSpec> = {},
    labels: Record<string, string> = { app: name },
  ): Pod {
    const containers = [{ name: 'web', image: 'example/web:1.0', ports: [{ containerPort: 8080 }], ...container }];
    this.client.create(pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec: { nodeName: 'node-0', containers, ...spec },
    });
    this.settle();
    return this.get(name);
  }

  get(name: string): Pod {
    return this.client.get(pods, 'default', name) as Pod;
  }

  find(name: string): Pod | undefined {
    return this.client.get(pods, 'default', name);
  }

  /** Lines that a container of the pod wrote. */
  logs(name: string, request: LogRequest = {}): string[] {
    return this.kubelet.connection.logs('default', name, request).text.split('\n').slice(0, -1);
  }

  /** First container's status. */
  container(name: string) {
    return this.get(name).status?.containerStatuses?.[0] as NonNullable<
      NonNullable<Pod['status']>['containerStatuses']
    >[number];
  }

  isReady(name: string): boolean {
    return isConditionTrue(this.get(name).status?.conditions, 'Ready');
  }

  /** Changes the spec of a pod, as far as the API would let it. */
  setSpec(name: string, spec: PodSpec): void {
    this.client.update(pods, { ...this.get(name), spec });
    this.settle();
  }

  delete(name: string, gracePeriodSeconds?: number): void {
    this.client.delete(pods, 'default', name, { gracePeriodSeconds });
    this.settle();
  }

  service(name: string, spec: Partial<ServiceSpec>): Service {
    const service = this.client.create(services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: { type: 'ClusterIP', selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
    });
    this.settle();
    return service;
  }

  configMap(name: string, data: Record<string, string>): void {
    this.client.create(configMaps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default' },
      data,
    });
    this.settle();
  }

  secret(name: string, data: Record<string, string>): void {
    const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, btoa(value)]));
    this.client.create(secrets, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'default' },
      type: 'Opaque',
      data: encoded,
    });
    this.settle();
  }

  /** `Reason message` of the events of a pod, in order; with a count where there were several. */
  events(name: string): string[] {
    return this.client
      .list(events, 'default')
      .filter(({ involvedObject }) => involvedObject.name === name)
      .map(describe);
  }

  /** Sends a request straight to an address; undefined until it is answered. */
  ask(
    ip: string,
    port: number,
    path = '/',
    headers: string[] = [],
    method = 'GET',
  ): { result: ExchangeResult | 'refused' | undefined } {
    const answer: { result: ExchangeResult | 'refused' | undefined } = { result: undefined };
    const dialled = this.network.dial(ip, port, '10.0.0.99');
    if (typeof dialled === 'string') {
      answer.result = dialled;
      return answer;
    }
    const request = { method, url: path, httpVersion: '1.1', headers, remoteAddress: '10.0.0.99' };
    exchange(dialled.workload, request, this.clock, 60_000, (result) => {
      answer.result = result;
    });
    return answer;
  }

  addNode(index: number): void {
    const name = `node-${index}`;
    this.client.create(nodes, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      spec: { podCIDR: `10.244.${index}.0/24` },
    });
    const node = this.client.get(nodes, '', name);
    if (node === undefined) throw new Error('the node was not stored');
    const addresses = [{ type: 'InternalIP', address: `172.18.0.${index + 2}` }];
    this.client.updateStatus(nodes, { ...node, status: { addresses, allocatable: { cpu: '4', memory: '8Gi' } } });
    this.settle();
  }
}

function describe({ reason, message, count = 1 }: Event): string {
  return `${reason} ${message}${count > 1 ? ` x${count}` : ''}`;
}
