import { isExternal } from '../../api/core-v1/service/defaults.ts';
import { needsHealthCheckNodePort } from '../../api/core-v1/service/strategy.ts';
import { type Service, type ServicePort, services } from '../../api/core-v1/service.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { objectKey } from '../../apimachinery/object-meta.ts';
import { newInternalError, newInvalid } from '../../apimachinery/status-error.ts';
import type { Random } from '../../sim/random.ts';
import { type Band, pick, reservedSize } from './band.ts';

const ALLOCATED = 'provided port is already allocated';
const FIRST = 30000;
const LAST = 32767;
const BAND: Band = Object.freeze({ first: FIRST, last: LAST, reserved: reservedSize(LAST - FIRST + 1, 128) });

/**
 * The ports that every node opens for Services (pkg/registry/core/service/portallocator/allocator.go). A number belongs
 * to one Service, whatever the protocol.
 */
export class NodePorts {
  readonly #random: Random;
  readonly #taken = new Set<number>();

  constructor(random: Random) {
    this.#random = random;
  }

  hold(service: Service): void {
    for (const port of numbers(service)) this.#taken.add(port);
  }

  free(service: Service): void {
    for (const port of numbers(service)) this.#taken.delete(port);
  }

  /** Fills in nodePort and healthCheckNodePort. @throws StatusError Invalid, InternalError */
  allocate(service: Service, old: Service | undefined): void {
    const { spec } = service;
    const claim: Claim = {
      kept: new Set(old && numbers(old)),
      own: new Set(numbers(service)),
      drawn: new Map(),
      asked: new Map(),
    };
    if (isExternal(spec)) {
      // New objects instead of assignments: a controller's Service shares its ports with the stored one.
      spec.ports = (spec.ports ?? []).map((port, index) => this.#portFor(service, port, index, claim));
    }
    if (needsHealthCheckNodePort(spec)) this.#allocateHealthCheck(service, claim);
  }

  #portFor(service: Service, port: ServicePort, index: number, claim: Claim): ServicePort {
    if (port.nodePort) {
      const reason = this.#refusal(port.nodePort, claim) ?? refusalOfTwin(port, claim);
      if (reason === undefined) return port;
      throw newInvalid(services, service.metadata.name, [
        invalid(`spec.ports[${index}].nodePort`, port.nodePort, reason),
      ]);
    }
    if (!allocatesNodePorts(service)) return port;
    // The same Service port gets the same number for TCP and UDP, as upstream's creation does.
    const twin = service.spec.ports?.find((other) => other.port === port.port && other.nodePort);
    return { ...port, nodePort: twin?.nodePort ?? this.#draw(service, `${port.port}`, claim) };
  }

  #allocateHealthCheck(service: Service, claim: Claim): void {
    const wanted = service.spec.healthCheckNodePort;
    if (!wanted) {
      service.spec.healthCheckNodePort = this.#draw(service, 'health-check', claim);
      return;
    }
    const reason = this.#refusal(wanted, claim);
    if (reason !== undefined) {
      throw newInternalError(`failed to allocate requested HealthCheck NodePort ${wanted}: ${reason}`);
    }
  }

  #draw(service: Service, purpose: string, { own, drawn }: Claim): number {
    const earlier = drawn.get(purpose);
    if (earlier !== undefined) return earlier;
    const stream = this.#random.fork(`node-port/${objectKey(service)}/${purpose}`);
    const port = pick(BAND, stream, (value) => this.#taken.has(value) || own.has(value));
    if (port === undefined) throw newInternalError('failed to allocate a nodePort: range is full');
    drawn.set(purpose, port);
    own.add(port);
    return port;
  }

  #refusal(port: number, { kept }: Claim): string | undefined {
    if (port < FIRST || port > LAST) {
      return `provided port is not in the valid range. The range of valid ports is ${FIRST}-${LAST}`;
    }
    return this.#taken.has(port) && !kept.has(port) ? ALLOCATED : undefined;
  }
}

/** What one write is about: the numbers that the stored object has, that the new one has, and that were drawn for it. */
interface Claim {
  readonly kept: ReadonlySet<number>;
  readonly own: Set<number>;
  readonly drawn: Map<string, number>;
  /** Service ports by the numbers that they ask for. */
  readonly asked: Map<number, number>;
}

/** Two ports of a Service share a number only for the same Service port, as TCP and UDP do. */
function refusalOfTwin({ port, nodePort = 0 }: ServicePort, { asked, kept }: Claim): string | undefined {
  const earlier = asked.get(nodePort);
  asked.set(nodePort, port);
  return earlier === undefined || earlier === port || kept.has(nodePort) ? undefined : ALLOCATED;
}

function allocatesNodePorts({ spec }: Service): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

function numbers({ spec }: Service): number[] {
  const ports = (spec.ports ?? []).map((port) => port.nodePort ?? 0);
  return [...ports, spec.healthCheckNodePort ?? 0].filter((port) => port > 0);
}
