import { pods } from '../api/core-v1/pod.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { NoFlow } from '../cloud/connect.ts';
import type { Listener, LoadBalancer } from '../cloud/load-balancer.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import type { IngressNginx } from '../ingress-nginx/controller.ts';
import type { ClientCertificate } from '../ingress-nginx/nginx/client-certificate.ts';
import type { Origin, Via } from '../ingress-nginx/nginx/edge-request.ts';
import type { ServerSsl } from '../ingress-nginx/nginx/server-ssl.ts';
import type { NodePortRoute, ServiceRouting } from '../kube-proxy/service-routing.ts';
import type { Network } from '../network/network.ts';
import { speaksTls } from '../workloads/workload.ts';
import { EdgeConnection, type EdgeRefusal, type EdgeTarget, type EdgeTls } from './edge-connection.ts';
import { Handshakes } from './handshakes.ts';
import { IngressLookup } from './ingress-lookup.ts';

/** Who connects, and whether a person or the load generator does. */
export interface EdgeClient {
  readonly address: string;
  readonly port: number;
  readonly origin?: Origin;
  /** What it showed in the TLS handshake. */
  readonly certificate?: ClientCertificate;
}

/** A load balancer that answers. */
export interface EdgeLoadBalancer {
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  readonly ports: readonly { readonly port: number; readonly scheme: 'http' | 'https' }[];
}

export interface EdgeParts {
  client: Client;
  cloud: CloudProvider;
  proxy: ServiceRouting;
  network: Network;
  /** Running controller replicas by pod address. */
  replicas: ReadonlyMap<string, IngressNginx>;
}

/** The way from outside: load balancer → healthy node → node port → pod. */
export class Edge {
  readonly #parts: EdgeParts;
  readonly #lookup: IngressLookup;
  readonly #open = new Map<string, Set<EdgeConnection>>();
  readonly #handshakes = new Handshakes();

  constructor(parts: EdgeParts) {
    this.#parts = parts;
    this.#lookup = new IngressLookup(parts.client, parts.cloud);
    parts.client.watch(pods, ({ type, object }) => {
      if (type === 'DELETED') this.#closeAll(object.status?.podIP ?? '');
    });
    parts.cloud.onChange((service) => {
      if (parts.cloud.get(service)?.state === 'active') return;
      for (const connections of [...this.#open.values()]) {
        for (const connection of [...connections]) if (connection.via.loadBalancer === service) connection.break();
      }
    });
  }

  /** Opens a connection; it stays on its target until either side goes. */
  connect(target: EdgeTarget, client: EdgeClient): EdgeConnection | EdgeRefusal {
    const balancer = this.#balancerFor(target.host);
    if (balancer === undefined) return noLoadBalancer(target.host);
    const flow = this.#parts.cloud.connect(balancer, target.servicePort, client);
    if (typeof flow === 'string') return refusal(flow, balancer, target.servicePort);
    const route = this.#parts.proxy.routeNodePort(flow.node, flow.nodePort, client.address);
    if (typeof route === 'string') return refusal('no-healthy-target', balancer, target.servicePort);
    const via: Via = { loadBalancer: balancer.service, node: flow.node, nodePort: flow.nodePort };
    const shaken = target.tls && this.#handshakes.get(client);
    const passed = this.#passOn(route, target, via, client, shaken);
    if (passed === 'refused') return passedOnInVain(balancer, target);
    const connection = new EdgeConnection({
      network: this.#parts.network,
      route: passed ?? shaken ?? route,
      via,
      target,
      origin: client.origin ?? 'client',
      clientCertificate: target.tls === undefined ? undefined : client.certificate,
    });
    this.#keep(route.podIp, connection);
    const beyond = passed ?? shaken;
    if (beyond === undefined) this.#count(route.podIp, connection);
    else if (beyond.podIp !== route.podIp) this.#keep(beyond.podIp, connection);
    return connection;
  }

  /**
   * Where a TLS connection goes on to that the controller does not decrypt (pkg/tcpproxy): the pod behind the Service, which sees the
   * controller's address. Undefined for all other connections.
   * @param shaken the pod whose certificate the client has seen
   */
  #passOn(
    { podIp }: NodePortRoute,
    { tls }: EdgeTarget,
    via: Via,
    client: EdgeClient,
    shaken: NodePortRoute | undefined,
  ): NodePortRoute | 'refused' | undefined {
    const proxy = tls && this.#parts.replicas.get(podIp)?.proxy;
    const backend = proxy?.passthroughFor(tls?.sni ?? '');
    if (proxy === undefined || backend === undefined) return undefined;
    const { address, port } = shaken === undefined ? backend : { address: shaken.podIp, port: shaken.port };
    const dialled = this.#parts.network.dial(address, port, podIp);
    proxy.passedThrough(backend, typeof dialled === 'string' ? undefined : dialled, { ...client, via });
    if (typeof dialled === 'string') return 'refused';
    return { podIp: dialled.ip, port: dialled.port, sourceIpSeen: podIp };
  }

  /**
   * How a TLS handshake is answered; undefined when nobody behind that load balancer speaks TLS.
   * @param client who shakes hands: where a pod does it, the connection that follows is that pod's
   */
  tlsFor(target: EdgeTarget, client: EdgeClient = NOBODY): EdgeTls | undefined {
    const balancer = this.#balancerFor(target.host);
    if (balancer === undefined || balancer.state !== 'active') return undefined;
    for (const podIp of this.#lookup.podIpsBehind(balancer.service)) {
      const replica = this.#parts.replicas.get(podIp);
      if (replica === undefined) continue;
      const sni = target.tls?.sni ?? '';
      const backend = replica.proxy.passthroughFor(sni);
      if (backend !== undefined) return this.#tlsOf(backend.address, backend.port, podIp, client);
      this.#handshakes.forget(client);
      return { ...replica.tlsFor(sni), http2: replica.proxy.http2 };
    }
    return this.#tlsBehind(balancer, target, client);
  }

  /** A load balancer in front of pods that are no controller: they shake hands themselves. */
  #tlsBehind(balancer: LoadBalancer, { servicePort }: EdgeTarget, client: EdgeClient): EdgeTls | undefined {
    const flow = this.#parts.cloud.connect(balancer, servicePort, client);
    if (typeof flow === 'string') return undefined;
    const route = this.#parts.proxy.routeNodePort(flow.node, flow.nodePort, client.address);
    return typeof route === 'string' ? undefined : this.#tlsOf(route.podIp, route.port, route.sourceIpSeen, client);
  }

  /** The certificate of what listens there. */
  #tlsOf(ip: string, port: number, from: string, client: EdgeClient): EdgeTls | undefined {
    const dialled = this.#parts.network.dial(ip, port, from);
    if (typeof dialled === 'string' || !speaksTls(dialled.workload)) return undefined;
    const { certificate: certPem = '', key: keyPem = '', grpc } = dialled.workload;
    if (certPem === '' || keyPem === '') return undefined;
    this.#handshakes.add(client, { podIp: dialled.ip, port: dialled.port, sourceIpSeen: from });
    return { certificate: { certPem, keyPem, name: `${ip}:${port}` }, ssl: PODS_SSL, http2: grpc !== undefined };
  }

  /** Load balancers that answer now. */
  loadBalancers(): EdgeLoadBalancer[] {
    return this.#parts.cloud
      .list()
      .filter(({ state }) => state === 'active')
      .map(({ service, hostname, spec }) => ({
        ...parseKey(service),
        hostname,
        ports: spec.listeners.filter(isTcp).map(({ port }) => ({
          port,
          scheme: port === 443 || port === 8443 ? ('https' as const) : ('http' as const),
        })),
      }));
  }

  onLoadBalancersChanged(callback: () => void): () => void {
    return this.#parts.cloud.onChange(callback);
  }

  /** Whether a connection to the first TCP port of a load balancer would find somebody. */
  answers(service: string): boolean {
    const balancer = this.#parts.cloud.get(service);
    const port = balancer?.spec.listeners.find(isTcp)?.port;
    if (balancer === undefined || port === undefined || balancer.state !== 'active') return false;
    return this.#parts.cloud.health(balancer, port).some(({ health }) => health === 'healthy');
  }

  /** The load balancer in front of the ingress controller: where requests for any host go that is no load balancer's. */
  ingressLoadBalancer(): LoadBalancer | undefined {
    return this.#lookup.loadBalancer();
  }

  #balancerFor(host: string): LoadBalancer | undefined {
    return this.#parts.cloud.findByHostname(host) ?? this.ingressLoadBalancer();
  }

  #keep(podIp: string, connection: EdgeConnection): void {
    const connections = this.#open.get(podIp) ?? new Set();
    this.#open.set(podIp, connections);
    connections.add(connection);
    connection.onEnd(() => {
      connections.delete(connection);
      if (connections.size === 0 && this.#open.get(podIp) === connections) this.#open.delete(podIp);
    });
  }

  /** nginx counts its connections; one that is passed through never comes to it. */
  #count(podIp: string, connection: EdgeConnection): void {
    const status = this.#parts.replicas.get(podIp)?.proxy.status;
    if (status === undefined) return;
    status.accepted++;
    status.active++;
    connection.onEnd(() => status.active--);
  }

  #closeAll(podIp: string): void {
    for (const connection of [...(this.#open.get(podIp) ?? [])]) connection.break();
  }
}

/** Pods take what OpenSSL takes. */
const PODS_SSL: ServerSsl = Object.freeze({ ciphers: 'DEFAULT', preferServerCiphers: false });
/** Who asks how a handshake would go. */
const NOBODY: EdgeClient = Object.freeze({ address: '127.0.0.1', port: 0 });

function passedOnInVain({ service }: LoadBalancer, { tls }: EdgeTarget): EdgeRefusal {
  return {
    refused: 'no-passthrough-target',
    message: `a TLS connection for ${tls?.sni} is passed through (ssl-passthrough), and nobody listens behind its Service`,
    loadBalancer: service,
  };
}

/** Nothing of UDP comes in from outside. */
function isTcp({ protocol }: Listener): boolean {
  return protocol !== 'UDP';
}

function noLoadBalancer(host: string): EdgeRefusal {
  return {
    refused: 'no-load-balancer',
    message: `nothing answers for ${host || 'this request'}: no load balancer stands before an ingress controller. Add the ingress-nginx add-on (--addon ingress-nginx), apply a controller's manifest, or make a Service of type LoadBalancer`,
  };
}

function refusal(reason: NoFlow, balancer: LoadBalancer, port: number): EdgeRefusal {
  const messages: Record<NoFlow, string> = {
    'not-provisioned': `the load balancer of Service ${balancer.service} is not there yet: the cloud is still working on it; try again in a few seconds`,
    'no-listener': `the load balancer of Service ${balancer.service} has no listener on port ${port}; it has ${balancer.spec.listeners.map((listener) => listener.port).join(', ') || 'none'}`,
    'source-not-allowed': `the load balancer of Service ${balancer.service} does not let this client in: see spec.loadBalancerSourceRanges`,
    'no-healthy-target': `the load balancer of Service ${balancer.service} has no healthy target: no ready pod behind port ${port}`,
  };
  return { refused: reason, message: messages[reason], loadBalancer: balancer.service };
}
