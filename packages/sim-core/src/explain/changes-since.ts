import { annotationField } from '../doctor/annotation.ts';
import { replicas } from '../doctor/controllers.ts';
import { place } from '../doctor/finding.ts';
import type { NginxConfiguration, Upstream } from '../ingress-nginx/nginx/configuration.ts';
import type { TrafficShapingPolicy } from '../ingress-nginx/nginx/directives.ts';
import { canaryOf } from './canary-of.ts';
import { ingressName, type Scene, spellUpstream } from './scene.ts';

/** The configuration that the request's controller pod, or else the first one, goes by now. */
export function configurationNow({ record, world }: Scene): NginxConfiguration | undefined {
  const all = replicas(world);
  const own = all.find(({ nginx }) => nginx.proxy.running.controllerPod === record.controllerPod) ?? all[0];
  return own?.nginx.proxy.running.configuration;
}

/** What has changed for a request since it was decided; undefined where its snapshot is still loaded. */
export function changesSince(scene: Scene): string[] | undefined {
  const { record } = scene;
  const now = configurationNow(scene);
  if (record.configuration === undefined || now === undefined || now === record.configuration) return undefined;
  return [...ruleChanges(scene, now), ...canaryChanges(scene, now), ...endpointChanges(scene, now)];
}

function ruleChanges({ record }: Scene, now: NginxConfiguration): string[] {
  const { server, location } = record;
  if (server === undefined || location === undefined) return [];
  const locations = now.servers.find(({ hostname }) => hostname === server.hostname)?.locations;
  if (locations === undefined) return [`no rule has the host ${server.hostname} any more`];
  const same = locations.find(({ modifier, path }) => modifier === location.modifier && path === location.path);
  if (same === undefined) return [`the path ${location.ingressPath} is gone, or is matched in another way`];
  if (same.backend !== location.backend) return [`${location.ingressPath} leads to ${same.backend} now`];
  return same === location || JSON.stringify(same.directives) === JSON.stringify(location.directives)
    ? []
    : [`annotations of ${location.ingressPath} have changed`];
}

function canaryChanges(scene: Scene, now: NginxConfiguration): string[] {
  const then = canaryOf(scene);
  const primary = now.upstreams.find(({ name }) => name === scene.record.primary?.name);
  const canary = now.upstreams.find(({ name }) => name === primary?.alternativeBackends[0]);
  if (then?.trafficShaping === undefined)
    return canary === undefined || primary === undefined ? [] : [`there is a canary now: ${spellUpstream(canary)}`];
  if (canary?.trafficShaping === undefined) return ['the canary is gone'];
  return policyChanges(then.trafficShaping, canary.trafficShaping, scene, canary);
}

const NAMES: Readonly<Record<keyof TrafficShapingPolicy, string>> = Object.freeze({
  weight: 'canary-weight',
  weightTotal: 'canary-weight-total',
  header: 'canary-by-header',
  headerValue: 'canary-by-header-value',
  headerPattern: 'canary-by-header-pattern',
  cookie: 'canary-by-cookie',
});

function policyChanges(
  then: TrafficShapingPolicy,
  now: TrafficShapingPolicy,
  { world }: Scene,
  { canary: source }: Upstream,
): string[] {
  const keys = Object.keys(NAMES) as (keyof TrafficShapingPolicy)[];
  return keys
    .filter((key) => then[key] !== now[key])
    .map((key) => {
      const where = source === undefined ? '' : place(world, ingressName(source), annotationField(NAMES[key], world));
      return `${NAMES[key]} was ${then[key] || 'not set'} and is ${now[key] || 'not set'} now${where}`;
    });
}

function endpointChanges({ record }: Scene, now: NginxConfiguration): string[] {
  const { upstream } = record;
  const same = now.upstreams.find(({ name }) => name === upstream?.name);
  if (upstream === undefined || same === undefined || same === upstream) return [];
  const [were, are] = [upstream, same].map(({ endpoints }) =>
    endpoints.map(({ address, port }) => `${address}:${port}`),
  );
  if (were?.join() === are?.join()) return [];
  return [`${spellUpstream(upstream)} had ${were?.length} ready endpoints and has ${are?.length} now`];
}
