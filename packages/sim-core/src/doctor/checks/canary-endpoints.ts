import { services } from '../../api/core-v1/service.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import { DEFAULT_UPSTREAM, type Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import type { DoctorFinding } from '../../wire.ts';
import { replicas } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, place, spell } from '../finding.ts';
import { backendsOf, spellBackend } from '../ingress-paths.ts';
import { serviceCause } from '../service-cause.ts';
import type { World } from '../world.ts';
import { backendFindings } from './backend-service.ts';

/** Pairs of main and canary of which one has no ready pod (balancer.lua, rewrite). */
export const canaryEndpoints: Check = {
  name: 'CanaryEndpoints',
  check: (world) => {
    const upstreams = replicas(world)[0]?.nginx.model().configuration.upstreams ?? [];
    return upstreams.flatMap((main) => {
      const canary = upstreams.find(({ name }) => name === main.alternativeBackends[0]);
      return canary === undefined || main.name === DEFAULT_UPSTREAM ? [] : diagnose(main, canary, world);
    });
  },
};

function diagnose(main: Upstream, canary: Upstream, world: World): DoctorFinding[] {
  const { canary: source } = canary;
  // A Service that is not there at all is told by backend-service.ts
  const isThere = ({ namespace, service }: Upstream) => world.client.get(services, namespace, service) !== undefined;
  if (source === undefined || !isThere(main) || !isThere(canary)) return [];
  const object = { kind: 'Ingress', namespace: source.namespace, name: source.ingress };
  const field = `${source.field}.backend.service.name`;
  const where = place(world, object, field);
  const wrong = main.endpoints.length === 0 ? backendOf(main, world) : backendOf(canary, world);
  if (wrong !== undefined) return [wrong];
  if (main.endpoints.length === 0) {
    const also =
      canary.endpoints.length > 0
        ? `, although the canary ${spellService(canary)} has ready pods: main decides first, even at weight 100`
        : '';
    const message = `the main Service ${spellService(main)} of canary ${spell(object)} has no ready pod, so every request is answered 503${also}`;
    const fix = `Bring the pods of ${spellService(main)} back before you send traffic to the canary alone.`;
    return [withCause({ reason: 'CanaryMainWithoutEndpoints', object, field, message, fix }, main, world)];
  }
  if (canary.endpoints.length > 0) return [];
  const message = `canary ${spell(object)} gets no traffic: its Service ${spellService(canary)}${where} has no ready pod on port ${canary.port}, so main answers everything`;
  const fix = `See what is said of Service ${spellService(canary)} and its pods.`;
  return [withCause({ reason: 'CanaryWithoutEndpoints', object, field, message, fix }, canary, world)];
}

/** The cause goes along, with its own line and fix; no more than an info while the pods are only starting. */
function withCause(found: Omit<Diagnosis, 'severity'>, upstream: Upstream, world: World): DoctorFinding {
  const cause = serviceCause(upstream, world);
  const isStarting = cause?.severity === 'info' && cause.reason !== 'SelectorMatchesNoPods';
  const finding = findingOf({ ...found, severity: isStarting ? 'info' : 'error' }, world);
  if (cause === undefined) return finding;
  const { source } = cause;
  const at =
    source === undefined || cause.message.includes(`${source.file}:${source.line}`)
      ? ''
      : ` (${source.file}:${source.line})`;
  return {
    ...finding,
    message: `${finding.message}. ${cause.message}${at}`,
    fix: cause.fix,
    ...(source === undefined ? {} : { source }),
  };
}

/** What is wrong with a port of an Ingress: that tells why there is nobody behind it. */
function backendOf({ namespace, service, port, endpoints }: Upstream, world: World): DoctorFinding | undefined {
  if (endpoints.length > 0) return undefined;
  const paths = world.client.list(ingresses, namespace).flatMap(backendsOf);
  const path = paths.find((each) => spellBackend(each) === `${namespace}/${service}:${port}`);
  const findings = path === undefined ? [] : backendFindings(path, world);
  return findings.find(({ severity }) => severity === 'error');
}

function spellService({ namespace, service }: Upstream): string {
  return `${namespace}/${service}`;
}
