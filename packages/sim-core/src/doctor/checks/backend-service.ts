import { type Service, services } from '../../api/core-v1/service.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import { portOf } from '../../ingress-nginx/model/upstreams.ts';
import { nearest } from '../../manifest/nearest.ts';
import type { DoctorFinding } from '../../wire.ts';
import { isCanary } from '../canary.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, place, spell } from '../finding.ts';
import { backendFields, backendsOf, type PathView, spellPath } from '../ingress-paths.ts';
import { refusedOf, toldRefused } from '../refused.ts';
import type { World } from '../world.ts';

/** Backends that name a Service or a port that is not there: no endpoints, so 503. */
export const backendService: Check = {
  name: 'BackendNotFound',
  check: (world) =>
    world.client
      .list(ingresses)
      .flatMap(backendsOf)
      .flatMap((path) => backendFindings(path, world)),
};

/** What is wrong with the backend of one path. */
export function backendFindings(path: PathView, world: World): DoctorFinding[] {
  const { service: backend } = path.backend;
  if (backend === undefined) return [];
  const service = world.client.get(services, path.object.namespace, backend.name);
  const found = service === undefined ? missingService(path, backend.name, world) : wrongPort(path, service, world);
  return found === undefined ? [] : [findingOf(found, world)];
}

function missingService(path: PathView, name: string, world: World): Diagnosis {
  const { namespace } = path.object;
  const field = backendFields(path).name;
  const all = world.client.list(services);
  const elsewhere = all
    .filter(({ metadata }) => metadata.name === name)
    .map(({ metadata }) => metadata.namespace ?? '');
  const here = all.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);
  const base = { severity: 'error' as const, reason: 'BackendServiceNotFound', object: path.object, field };
  const says = `${spell(path.object)} sends ${spellPath(path)} to Service ${namespace}/${name}, which does not exist, ${consequence(path, world)}`;
  const refused = refusedOf(world, ['Service'], namespace, name);
  if (refused !== undefined) {
    const { because, fix } = toldRefused(refused);
    return { ...base, message: `${says}; ${because}`, fix };
  }
  if (elsewhere.length > 0) {
    const message = `${says}. A Service of that name is in namespace ${listing(elsewhere)}, and an Ingress reaches only Services of its own namespace`;
    return {
      ...base,
      message,
      fix: `Write "namespace: ${elsewhere[0]}" under metadata of the Ingress (${line(world, path.object, 'metadata')}), or apply the Service to ${namespace}.`,
    };
  }
  const meant = nearest(name, here);
  const fix =
    meant === undefined
      ? `Apply a Service ${namespace}/${name}, or name another at ${line(world, path.object, field)}.`
      : `Write "name: ${meant}" at ${line(world, path.object, field)}.`;
  return { ...base, message: says, fix };
}

function wrongPort(path: PathView, service: Service, world: World): Diagnosis | undefined {
  const port = portOf(path.backend.service);
  const ports = service.spec.ports ?? [];
  if (service.spec.type === 'ExternalName' || ports.some((each) => String(each.port) === port || each.name === port))
    return undefined;
  const field = backendFields(path).port;
  const target = nameOf(service);
  const where = line(world, path.object, field);
  const offered = listing(ports.map(({ name, port: number }) => (name ? `${number} (${name})` : String(number))));
  const first = ports[0];
  const accepted = ports.find(({ targetPort, port: number }) => String(targetPort ?? number) === port);
  if (accepted !== undefined) {
    const message = `${spell(path.object)} names port ${port} of ${spell(target)}, which is a targetPort: ingress-nginx puts up with that, other controllers answer 503`;
    return {
      severity: 'info',
      reason: 'BackendPortIsTargetPort',
      object: path.object,
      field,
      message,
      fix: `Write "number: ${accepted.port}" at ${where}.`,
    };
  }
  const message = `${spell(path.object)} sends ${spellPath(path)} to port ${port} of ${spell(target)}, which has only ${offered || 'none'}${place(world, target, 'spec.ports')}, ${consequence(path, world)}`;
  const fix = first === undefined ? `Give ${spell(target)} a port.` : `Write "number: ${first.port}" at ${where}.`;
  return { severity: 'error', reason: 'BackendPortNotFound', object: path.object, field, message, fix };
}

function consequence({ ingress }: PathView, world: World): string {
  return isCanary(ingress, world) ? 'so the canary gets no traffic' : 'so it answers 503';
}
