import { replicas } from '../doctor/controllers.ts';
import type { World } from '../doctor/world.ts';
import { AddressList } from '../ingress-nginx/nginx/cidr.ts';
import type { NginxConfiguration } from '../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import { type Hypothetical, HypotheticalProxy, type HypotheticalRequest } from '../ingress-nginx/nginx/hypothetical.ts';

/** Walks requests through the phases that nobody sends; a snapshot is loaded once, however many are asked of it. */
export class Replay {
  readonly #world: World;
  readonly #proxies = new Map<NginxConfiguration, HypotheticalProxy>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What the phases would decide on a snapshot. 502 and 504 are foreseen where no endpoint takes a connection. */
  walk(request: HypotheticalRequest, configuration: NginxConfiguration): Hypothetical {
    const walked = this.#proxyOf(configuration).walk(request);
    this.#foreseeFailure(walked.record);
    return walked;
  }

  #proxyOf(configuration: NginxConfiguration): HypotheticalProxy {
    const known = this.#proxies.get(configuration);
    if (known !== undefined) return known;
    const proxy = new HypotheticalProxy(configuration, replicas(this.#world)[0]?.nginx.proxy.running);
    this.#proxies.set(configuration, proxy);
    return proxy;
  }

  #foreseeFailure(record: DecisionRecord): void {
    const { upstream } = record;
    if (record.status !== 0 || upstream === undefined || upstream.service === '') return;
    const dialled = upstream.endpoints.map(({ address, port }) => this.#dial(address, port));
    if (dialled.length === 0 || dialled.includes('taken')) return;
    const refused = dialled.includes('refused');
    record.status = refused ? 502 : 504;
    record.reason = refused ? 'refused' : 'connect-timeout';
  }

  /** The address of a Service is never dialled: kube-proxy would draw a pod. */
  #dial(address: string, port: number): 'refused' | 'timeout' | 'taken' {
    const { network, serviceCidr } = this.#world;
    if (!network.has(address) && new AddressList([serviceCidr]).has(address)) return 'taken';
    const dialled = network.dial(address, port, '');
    return typeof dialled === 'string' ? dialled : 'taken';
  }
}

/** A request of the past as it was sent, with what was drawn for it. */
export function requestOf({
  method,
  url,
  scheme,
  headers,
  host,
  clientAddress,
  draw,
}: DecisionRecord): HypotheticalRequest {
  const sent = headers.length > 0 ? headers : ['Host', host];
  // Of a connection that was passed through no request is known.
  const known = method === '' ? { method: 'GET', url: '/' } : { method, url };
  return { ...known, scheme, headers: sent, remoteAddress: clientAddress, draw };
}
