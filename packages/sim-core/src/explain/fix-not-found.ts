import { ingresses } from '../api/networking-v1/ingress.ts';
import { canaryRivals } from '../doctor/checks/canary-rivals.ts';
import { canaryWithoutMain } from '../doctor/checks/canary-without-main.ts';
import { ingressClass } from '../doctor/checks/ingress-class.ts';
import type { Check } from '../doctor/finding.ts';
import { DEFAULT_SERVER, type Server } from '../ingress-nginx/nginx/configuration.ts';
import { nearest } from '../manifest/nearest.ts';
import type { DoctorFinding } from '../wire.ts';
import { fixText } from './fix-text.ts';
import type { Scene } from './scene.ts';

/** Why a rule that was written is not there. */
const LOSSES: readonly Check[] = Object.freeze([ingressClass, canaryWithoutMain, canaryRivals]);

/** A 404 of the default backend: the Ingress that does not serve this host, or the paths or hosts that come nearest. */
export function fixNotFound(scene: Scene): string {
  const { record, world } = scene;
  const lost = LOSSES.flatMap(({ check }) => check(world)).find(({ object }) =>
    hostsOf(scene, object).includes(record.host),
  );
  if (lost !== undefined) return fixText(lost);
  return record.serverMatch === 'default' || record.server === undefined
    ? otherHost(scene)
    : otherPath(scene, record.server);
}

function otherPath({ record }: Scene, { hostname, locations }: Server): string {
  const ruled = locations.filter(({ isDefaultBackend }) => !isDefaultBackend);
  const paths = [...new Set(ruled.map(({ ingressPath, ingressPathType }) => `${ingressPath} (${ingressPathType})`))];
  return `${hostname} has rules for ${paths.join(', ')} only: ask for one of these, or add a path for ${record.path} to its Ingress.`;
}

function otherHost({ record, world }: Scene): string {
  const hosts = (record.configuration?.servers ?? [])
    .map(({ hostname }) => hostname)
    .filter((each) => each !== DEFAULT_SERVER);
  const [first] = hosts;
  if (first === undefined) return 'No Ingress rule is served at all: apply an Ingress with ingressClassName: nginx.';
  const meant = nearest(record.host, hosts);
  const known =
    meant === undefined ? `The hosts that have a rule: ${hosts.slice(0, 5).join(', ')}.` : `Did you mean ${meant}?`;
  const name = (meant ?? first).replace(/^\*/, 'www');
  return `${known} Ask for one (curl -H "Host: ${name}" ${world.http}${record.url}), or add a rule for ${record.host}.`;
}

function hostsOf({ world }: Scene, object: DoctorFinding['object']): string[] {
  const ingress = object && world.client.get(ingresses, object.namespace, object.name);
  return (ingress?.spec.rules ?? []).map(({ host = '' }) => host);
}
