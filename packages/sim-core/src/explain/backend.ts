import { type Service, services } from '../api/core-v1/service.ts';
import { backendFindings } from '../doctor/checks/backend-service.ts';
import { podFindings } from '../doctor/checks/pods-not-ready.ts';
import { podsOf, selectorFindings } from '../doctor/checks/service-selector.ts';
import { targetPortFindings } from '../doctor/checks/target-port.ts';
import { line } from '../doctor/finding.ts';
import { backendsOf } from '../doctor/ingress-paths.ts';
import type { Upstream } from '../ingress-nginx/nginx/configuration.ts';
import type { DoctorFinding } from '../wire.ts';
import { type Scene, serviceName, spellUpstream } from './scene.ts';

/** The upstream that was asked, or would have been: also where it has no endpoint, and so no balancer. */
export function upstreamOf({ record }: Scene): Upstream | undefined {
  return record.upstream ?? record.configuration?.upstreams.find(({ name }) => name === record.location?.backend);
}

/** `Service default/web:80`. */
export function spellService(scene: Scene): string {
  const upstream = upstreamOf(scene);
  return upstream === undefined ? 'the Service' : `Service ${spellUpstream(upstream)}`;
}

/** What is wrong with the backend of the path and with its Service, the nearest cause first. */
export function backendTroubles(scene: Scene): DoctorFinding[] {
  const { record, world, ingress } = scene;
  const path = ingress && backendsOf(ingress).find(({ field }) => field === record.location?.source?.field);
  const named = path === undefined || record.toCanary ? [] : backendFindings(path, world);
  return [...named.filter(({ severity }) => severity !== 'info'), ...serviceTroubles(scene)];
}

/** What is wrong with the Service that was asked. */
export function serviceTroubles(scene: Scene): DoctorFinding[] {
  const found = serviceOf(scene);
  if (found === undefined) return [];
  const { world } = scene;
  return [
    ...selectorFindings(found, world),
    ...targetPortFindings(found, world),
    ...podFindings(podsOf(found, world), world),
  ];
}

/** `web.yaml:12`, or the field's name. */
export function serviceLine(scene: Scene, field: string): string {
  const upstream = upstreamOf(scene);
  return upstream === undefined ? field : line(scene.world, serviceName(upstream), field);
}

function serviceOf(scene: Scene): Service | undefined {
  const upstream = upstreamOf(scene);
  return upstream && scene.world.client.get(services, upstream.namespace, upstream.service);
}
