import type { Service, ServicePort } from '../api/core-v1/service.ts';
import type { EndpointSlice } from '../api/discovery-v1/endpoint-slice.ts';
import type { Clock } from '../sim/clock.ts';
import type { RandomStream } from '../sim/random.ts';
import {
  clusterEndpoints,
  endpointsOfPort,
  localEndpoints,
  type PortEndpoints,
  type ProxyEndpoint,
} from './endpoints.ts';
import { SessionAffinity } from './session-affinity.ts';

/** Seconds that affinity lasts when the Service does not say (core/v1 DefaultClientIPServiceAffinitySeconds). */
const DEFAULT_AFFINITY_SECONDS = 10_800;

/** Where a connection goes; 'reject': there are no endpoints at all; 'drop': none that its policy allows. */
export type Choice = ProxyEndpoint | 'reject' | 'drop';

/**
 * The rules for one port of a Service: which endpoints traffic from inside and from outside may reach, and which one
 * gets a connection. The choice is random, as iptables' is, from the Service's own stream.
 */
export class ServicePortRules {
  readonly service: Service;
  readonly port: ServicePort;
  readonly #endpoints: PortEndpoints;
  readonly #all: readonly ProxyEndpoint[];
  readonly #local = new Map<string, readonly ProxyEndpoint[]>();
  readonly #chance: RandomStream;
  readonly #affinity: SessionAffinity | undefined;

  /** @param earlier rules of the same port before a change: its affinity lives on */
  constructor(
    service: Service,
    port: ServicePort,
    slices: Iterable<EndpointSlice>,
    parts: { clock: Clock; chance: RandomStream },
    earlier?: ServicePortRules,
  ) {
    this.service = service;
    this.port = port;
    this.#endpoints = endpointsOfPort(port, slices);
    this.#all = clusterEndpoints(this.#endpoints);
    this.#chance = parts.chance;
    this.#affinity = affinityFor(service, parts.clock, earlier);
  }

  /** A connection from inside the cluster. @param nodeName node of the client, if it runs on one */
  fromInside(client: string, nodeName: string | undefined): Choice {
    return this.#choose(client, this.service.spec.internalTrafficPolicy === 'Local', nodeName);
  }

  /** A connection from outside that arrives on a node. */
  fromOutside(client: string, nodeName: string): Choice {
    return this.#choose(client, this.service.spec.externalTrafficPolicy === 'Local', nodeName);
  }

  /** A connection of a pod to a node port: it may go anywhere, whatever the policy (KUBE-EXT chains: "pod traffic"). */
  fromPod(client: string): Choice {
    return this.#choose(client, false, undefined);
  }

  /** Whether the node answers from outside with its own endpoints only, so that the client's address survives. */
  get keepsClientAddress(): boolean {
    return this.service.spec.externalTrafficPolicy === 'Local';
  }

  /** Whether a connection to the node port of this node would find an endpoint; takes no chance. */
  acceptsFromOutside(nodeName: string): boolean {
    return (this.keepsClientAddress ? this.#localOn(nodeName) : this.#all).length > 0;
  }

  /** Ready endpoints on a node, as the health check of the load balancer counts them. */
  readyOn(nodeName: string): readonly ProxyEndpoint[] {
    return this.#endpoints.ready.filter((endpoint) => endpoint.nodeName === nodeName);
  }

  #choose(client: string, onlyLocal: boolean, nodeName: string | undefined): Choice {
    if (this.#all.length === 0) return 'reject';
    const usable = onlyLocal ? this.#localOn(nodeName ?? '') : this.#all;
    if (usable.length === 0) return 'drop';
    const known = this.#affinity?.recall(client, usable);
    if (known !== undefined) return known;
    const chosen = usable[this.#chance.integer(0, usable.length - 1)] as ProxyEndpoint;
    this.#affinity?.remember(client, chosen);
    return chosen;
  }

  #localOn(nodeName: string): readonly ProxyEndpoint[] {
    let local = this.#local.get(nodeName);
    if (local === undefined) {
      local = localEndpoints(this.#endpoints, nodeName);
      this.#local.set(nodeName, local);
    }
    return local;
  }

  /** The affinity of these rules, for those that follow them. */
  get affinity(): SessionAffinity | undefined {
    return this.#affinity;
  }
}

function affinityFor(
  { spec }: Service,
  clock: Clock,
  earlier: ServicePortRules | undefined,
): SessionAffinity | undefined {
  if (spec.sessionAffinity !== 'ClientIP') return undefined;
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS;
  const before = earlier?.service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS;
  if (earlier?.affinity !== undefined && before === seconds) return earlier.affinity;
  return new SessionAffinity(clock, seconds * 1000);
}
