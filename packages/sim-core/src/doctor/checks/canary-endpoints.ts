import { type Service, services } from '../../api/core-v1/service.ts';
import type { Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import { DEFAULT_UPSTREAM } from '../../ingress-nginx/nginx/configuration.ts';
import type { DoctorFinding } from '../../wire.ts';
import { replicas } from '../controllers.ts';
import { type Check, findingOf, spell } from '../finding.ts';
import { podTrouble, warningsIn } from '../pod-trouble.ts';
import type { World } from '../world.ts';
import { podsOf } from './service-selector.ts';

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
  if (main.endpoints.length === 0) {
    const also =
      canary.endpoints.length > 0
        ? `, although the canary ${spellService(canary)} has ready pods: main decides first, even at weight 100`
        : '';
    const message = `the main Service ${spellService(main)} of canary ${spell(object)} has no ready pod, so every request is answered 503${also}`;
    return [
      findingOf(
        {
          severity: severity(main, world),
          reason: 'CanaryMainWithoutEndpoints',
          object,
          field,
          message,
          fix: `Bring the pods of ${spellService(main)} back before you send traffic to the canary alone.`,
        },
        world,
      ),
    ];
  }
  if (canary.endpoints.length > 0) return [];
  const message = `canary ${spell(object)} gets no traffic: its Service ${spellService(canary)} has no ready pod on port ${canary.port}, so main answers everything`;
  return [
    findingOf(
      {
        severity: severity(canary, world),
        reason: 'CanaryWithoutEndpoints',
        object,
        field,
        message,
        fix: `See what is said of Service ${spellService(canary)} and its pods.`,
      },
      world,
    ),
  ];
}

function spellService({ namespace, service }: Upstream): string {
  return `${namespace}/${service}`;
}

/** No more than an info while the pods are only starting. */
function severity({ namespace, service }: Upstream, world: World): 'error' | 'info' {
  const found: Service | undefined = world.client.get(services, namespace, service);
  const own = found === undefined ? [] : podsOf(found, world);
  const warnings = warningsIn(world);
  return own.length > 0 && own.every((pod) => podTrouble(pod, warnings)?.starting === true) ? 'info' : 'error';
}
