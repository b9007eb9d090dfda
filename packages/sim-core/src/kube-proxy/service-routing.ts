import { type Node, nodes } from '../api/core-v1/node.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { keyOf, objectKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { EndpointSliceLister } from '../client/endpoint-slice-lister.ts';
import type { Clock } from '../sim/clock.ts';
import type { Random, RandomStream } from '../sim/random.ts';
import { type Choice, ServicePortRules } from './service-port.ts';

/** What a connection that arrived on a node port became. */
export interface NodePortRoute {
  readonly podIp: string;
  readonly port: number;
  /** Address that the pod sees: the client's (policy Local) or the node's. */
  readonly sourceIpSeen: string;
  readonly podName?: string;
}

/** An answer of a health check node port. */
export interface HealthCheckAnswer {
  readonly status: 200 | 503;
  readonly headers: readonly string[];
  readonly body: string;
}

/** What the routing is built from. */
export interface RoutingParts {
  readonly client: Client;
  readonly slices: EndpointSliceLister;
  readonly clock: Clock;
  readonly random: Random;
  /** Node on which a pod's address lives, for internalTrafficPolicy Local. */
  nodeOf(ip: string): string | undefined;
}

/** The rules of one Service and where they were entered. */
interface Entry {
  readonly rules: readonly ServicePortRules[];
  readonly addresses: readonly string[];
  readonly nodePorts: readonly number[];
  readonly healthCheckNodePort: number | undefined;
  /** Answers of its health check by node, once somebody has asked. */
  readonly healthChecks: Map<string, HealthCheckAnswer>;
}

/**
 * What kube-proxy programs into every node, as one table for all of them: Service addresses and node ports → endpoint.
 * `sync` rebuilds one Service; the lookups are two map accesses. Headless and ExternalName Services are DNS' business.
 */
export class ServiceRouting {
  readonly #parts: RoutingParts;
  readonly #entries = new Map<string, Entry>();
  readonly #byAddress = new Map<string, Map<number, ServicePortRules>>();
  readonly #byNodePort = new Map<number, ServicePortRules>();
  readonly #healthChecks = new Map<number, string>();
  readonly #chance = new Map<string, RandomStream>();
  readonly #nodeNames = new Map<string, string>();

  constructor(parts: RoutingParts) {
    this.#parts = parts;
    for (const node of parts.client.list(nodes)) this.#syncNode(undefined, node);
    parts.client.watch(nodes, ({ type, object, previous }) =>
      this.#syncNode(previous, type === 'DELETED' ? undefined : object),
    );
  }

  /** Makes the table agree with one Service and its slices. */
  sync(namespace: string, name: string): void {
    const key = keyOf(namespace, name);
    const earlier = this.#entries.get(key);
    if (earlier !== undefined) this.#withdraw(key, earlier);
    const service = this.#parts.client.get(services, namespace, name);
    if (service === undefined) this.#chance.delete(key);
    if (service === undefined || !hasClusterIP(service)) return;
    const entry = this.#build(service, earlier);
    this.#entries.set(key, entry);
    this.#announce(key, entry);
  }

  /** {@link import('../network/network.ts').Translate}: where a connection to a Service address or node port goes. */
  translate(ip: string, port: number, sourceIp: string): { ip: string; port: number } | 'reject' | 'drop' | undefined {
    const rules = this.#byAddress.get(ip)?.get(port);
    if (rules !== undefined) return rules.fromInside(sourceIp, this.#nodeOf(sourceIp));
    const nodeName = this.#nodeNames.get(ip);
    const nodePortRules = nodeName === undefined ? undefined : this.#byNodePort.get(port);
    if (nodePortRules === undefined || nodeName === undefined) return undefined;
    return this.#nodeOf(sourceIp) === undefined
      ? nodePortRules.fromOutside(sourceIp, nodeName)
      : nodePortRules.fromPod(sourceIp);
  }

  /** Where a connection goes that a load balancer or a client brings to a node port. 'reject' also when nobody has the port. */
  routeNodePort(nodeName: string, nodePort: number, clientIp: string): NodePortRoute | 'reject' | 'drop' {
    const rules = this.#byNodePort.get(nodePort);
    const choice: Choice = rules?.fromOutside(clientIp, nodeName) ?? 'reject';
    if (rules === undefined || typeof choice === 'string') return choice as 'reject' | 'drop';
    const sourceIpSeen = rules.keepsClientAddress ? clientIp : (this.#addressOf(nodeName) ?? clientIp);
    return {
      podIp: choice.ip,
      port: choice.port,
      sourceIpSeen,
      ...(choice.podName !== undefined && { podName: choice.podName }),
    };
  }

  /** Whether a connection to the node port would find an endpoint: what a TCP health check asks. */
  accepts(nodeName: string, nodePort: number): boolean {
    return this.#byNodePort.get(nodePort)?.acceptsFromOutside(nodeName) ?? false;
  }

  /** What `GET /` on a Service's healthCheckNodePort answers on a node; undefined when nobody has the port (pkg/proxy/healthcheck/service_health.go). */
  healthCheck(nodeName: string, healthCheckNodePort: number): HealthCheckAnswer | undefined {
    const key = this.#healthChecks.get(healthCheckNodePort);
    const entry = key === undefined ? undefined : this.#entries.get(key);
    if (entry === undefined || entry.rules.length === 0) return undefined;
    const answer = entry.healthChecks.get(nodeName) ?? answerOf(entry.rules, nodeName);
    entry.healthChecks.set(nodeName, answer);
    return answer;
  }

  #build(service: Service, earlier: Entry | undefined): Entry {
    const { metadata, spec } = service;
    const slices = [...this.#parts.slices.forService(metadata.namespace ?? '', metadata.name)];
    const parts = { clock: this.#parts.clock, chance: this.#chanceOf(objectKey(service)) };
    const rules = (spec.ports ?? [])
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .map(
        (port) =>
          new ServicePortRules(
            service,
            port,
            slices,
            parts,
            earlier?.rules.find((each) => each.port.name === port.name),
          ),
      );
    return {
      rules,
      addresses: addressesOf(service),
      nodePorts: rules.flatMap(({ port }) => (port.nodePort ? [port.nodePort] : [])),
      healthCheckNodePort: spec.healthCheckNodePort,
      healthChecks: new Map(),
    };
  }

  #announce(key: string, { rules, addresses, healthCheckNodePort }: Entry): void {
    for (const address of addresses) {
      const ports = this.#byAddress.get(address) ?? new Map<number, ServicePortRules>();
      this.#byAddress.set(address, ports);
      for (const each of rules) ports.set(each.port.port, each);
    }
    for (const each of rules) if (each.port.nodePort) this.#byNodePort.set(each.port.nodePort, each);
    if (healthCheckNodePort) this.#healthChecks.set(healthCheckNodePort, key);
  }

  #withdraw(key: string, { rules, addresses, nodePorts, healthCheckNodePort }: Entry): void {
    this.#entries.delete(key);
    for (const address of addresses) {
      const ports = this.#byAddress.get(address);
      for (const each of rules) if (ports?.get(each.port.port) === each) ports.delete(each.port.port);
      if (ports?.size === 0) this.#byAddress.delete(address);
    }
    for (const nodePort of nodePorts) this.#byNodePort.delete(nodePort);
    if (healthCheckNodePort) this.#healthChecks.delete(healthCheckNodePort);
  }

  #chanceOf(key: string): RandomStream {
    const known = this.#chance.get(key) ?? this.#parts.random.fork(`kube-proxy/${key}`);
    this.#chance.set(key, known);
    return known;
  }

  #nodeOf(ip: string): string | undefined {
    return this.#nodeNames.get(ip) ?? this.#parts.nodeOf(ip);
  }

  #addressOf(nodeName: string): string | undefined {
    const node = this.#parts.client.get(nodes, '', nodeName);
    return node === undefined ? undefined : internalAddresses(node)[0];
  }

  #syncNode(previous: Node | undefined, node: Node | undefined): void {
    for (const address of previous === undefined ? [] : internalAddresses(previous)) this.#nodeNames.delete(address);
    for (const address of node === undefined ? [] : internalAddresses(node))
      this.#nodeNames.set(address, (node as Node).metadata.name);
  }
}

/** Headless Services have none, nor has ExternalName. */
function hasClusterIP({ spec }: Service): boolean {
  return (
    spec.type !== 'ExternalName' && spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None'
  );
}

/** Addresses that lead to the Service from inside: cluster IPs, external IPs, addresses of a load balancer (ipMode VIP). */
function addressesOf({ spec, status }: Service): string[] {
  const balanced = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode }) =>
    ip !== undefined && ipMode !== 'Proxy' ? [ip] : [],
  );
  return [...new Set([...(spec.clusterIPs ?? [spec.clusterIP ?? '']), ...(spec.externalIPs ?? []), ...balanced])];
}

function internalAddresses({ status }: Node): string[] {
  return (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
}

function answerOf(rules: readonly ServicePortRules[], nodeName: string): HealthCheckAnswer {
  const { metadata } = (rules[0] as ServicePortRules).service;
  const count = new Set(rules.flatMap((rules) => rules.readyOn(nodeName).map(({ ip }) => ip))).size;
  const service = `{\n\t\t"namespace": "${metadata.namespace}",\n\t\t"name": "${metadata.name}"\n\t}`;
  return {
    status: count > 0 ? 200 : 503,
    headers: [
      'content-type',
      'application/json',
      'x-content-type-options',
      'nosniff',
      'x-load-balancing-endpoint-weight',
      String(count),
    ],
    body: `{\n\t"service": ${service},\n\t"localEndpoints": ${count},\n\t"serviceProxyHealthy": true\n}`,
  };
}
