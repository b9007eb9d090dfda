import { services } from '../api/core-v1/service.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import { controllerMissing, GET_A_CONTROLLER } from '../doctor/checks/controller-missing.ts';
import { controllerNotReady } from '../doctor/checks/controller-not-ready.ts';
import { loadBalancer as pendingLoadBalancer } from '../doctor/checks/load-balancer.ts';
import { podFindings } from '../doctor/checks/pods-not-ready.ts';
import { podsOf, selectorFindings } from '../doctor/checks/service-selector.ts';
import type { World } from '../doctor/world.ts';
import type { DoctorFinding, TraceHop } from '../wire.ts';
import { fixText } from './fix-text.ts';

/** Why no request gets through a load balancer: nothing, not even an error page, comes back. */
export interface DeadEnd {
  readonly why: string;
  readonly fix: string;
}

/** What keeps a load balancer from taking a connection on a port; undefined when it takes it. */
export function deadEnd(balancer: LoadBalancer | undefined, port: number, world: World): DeadEnd | undefined {
  if (balancer === undefined) return withoutBalancer(world);
  const name = `the load balancer of Service ${balancer.service}`;
  if (balancer.state === 'deleting') return { why: `${name} is being deleted`, fix: 'Apply its Service again.' };
  if (balancer.state === 'provisioning') return pending(name, balancer, world);
  const ports = balancer.spec.listeners.filter(({ protocol }) => protocol !== 'UDP').map((listener) => listener.port);
  if (ports.length === 0)
    return { why: `${name} takes no TCP connection, only UDP`, fix: 'Give the Service a TCP port.' };
  if (!ports.includes(port))
    return {
      why: `${name} has no listener on port ${port}, only on ${ports.join(', ')}`,
      fix: `Ask for port ${ports[0]}, or give the Service a port ${port}.`,
    };
  const health = world.cloud.health(balancer, port);
  return health.some((each) => each.health === 'healthy') ? undefined : unhealthy(name, balancer, world);
}

function withoutBalancer(world: World): DeadEnd {
  const [finding] = [...controllerMissing.check(world), ...controllerNotReady.check(world)];
  const why = 'no load balancer has this name, and none stands before an ingress controller to take other hosts';
  if (finding !== undefined) return { why, fix: fixText(finding) };
  const fix = world.client.list(services).some(({ spec }) => spec.type === 'LoadBalancer')
    ? 'Ask for the hostname of a load balancer (kubectl get services).'
    : GET_A_CONTROLLER;
  return { why, fix };
}

function pending(name: string, balancer: LoadBalancer, world: World): DeadEnd {
  const [finding] = pendingLoadBalancer
    .check(world)
    .filter(({ object }) => `${object?.namespace}/${object?.name}` === balancer.service);
  const seconds = Math.ceil(world.cloud.remaining(balancer) / 1000);
  return {
    why: `${name} is not there yet: the cloud needs ${seconds} s more`,
    fix: finding === undefined ? 'Wait.' : fixText(finding),
  };
}

/** Healthy is a node whose node port leads to a ready pod: so it is the pods. */
function unhealthy(name: string, balancer: LoadBalancer, world: World): DeadEnd {
  const { namespace, name: service } = parseKey(balancer.service);
  const found = world.client.get(services, namespace, service);
  const causes: DoctorFinding[] =
    found === undefined
      ? []
      : [
          ...controllerNotReady.check(world),
          ...selectorFindings(found, world),
          ...podFindings(podsOf(found, world), world),
        ];
  const [first] = causes;
  return {
    why: `${name} has no healthy node: no pod of the Service is ready`,
    fix: first === undefined ? 'Look at its pods (kubectl get pods).' : fixText(first),
  };
}

/** The one hop of a request that gets no further. */
export function deadEndHop(
  host: string,
  balancer: LoadBalancer | undefined,
  { why }: DeadEnd,
  node: string | undefined,
): TraceHop {
  const title = balancer === undefined ? `nothing answers for ${host}` : `${balancer.hostname}: closes the connection`;
  return {
    step: 'load-balancer',
    title,
    why: `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
    beat: [],
    nodes: node === undefined ? [] : [node],
    ...(balancer === undefined ? {} : { object: { kind: 'Service', ...parseKey(balancer.service) } }),
  };
}
