import { services } from '../api/core-v1/service.ts';
import type { DoctorFinding } from '../wire.ts';
import { podFindings } from './checks/pods-not-ready.ts';
import { podsOf, selectorFindings } from './checks/service-selector.ts';
import { targetPortFindings } from './checks/target-port.ts';
import type { World } from './world.ts';

/** Why a Service has no ready endpoint: the nearest cause, with its line; undefined where none is known. */
export function serviceCause(
  { namespace, service }: { readonly namespace: string; readonly service: string },
  world: World,
): DoctorFinding | undefined {
  const found = world.client.get(services, namespace, service);
  if (found === undefined) return undefined;
  return [
    ...selectorFindings(found, world),
    ...targetPortFindings(found, world),
    ...podFindings(podsOf(found, world), world),
  ][0];
}
