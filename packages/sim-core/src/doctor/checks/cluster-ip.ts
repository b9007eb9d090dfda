import { type Service, services } from '../../api/core-v1/service.ts';
import type { DoctorFinding } from '../../wire.ts';
import { type Check, findingOf, line, nameOf, spell } from '../finding.ts';
import type { RefusedObject, World } from '../world.ts';

const FIELD = 'spec.clusterIP';

/** Cluster IPs that were pasted from another cluster: refused where they lie outside the range, at the mercy of chance inside it. */
export const clusterIP: Check = {
  name: 'ClusterIP',
  check: (world) => [
    ...world.refused.flatMap((refused) => diagnoseRefused(refused, world)),
    ...world.client
      .list(services)
      .filter(isWritten)
      .map((service) => diagnoseWritten(service, world)),
  ],
};

function diagnoseRefused({ kind, namespace, name, problems }: RefusedObject, world: World): DoctorFinding[] {
  const problem = problems.find(({ message }) => message.includes('failed to allocate IP'));
  if (kind !== 'Service' || problem === undefined) return [];
  const object = { kind, namespace: namespace || 'default', name };
  const [, ip = '', reason = ''] = /failed to allocate IP ([\d.]+): (.*)$/.exec(problem.message) ?? [];
  const taken = reason.includes('already allocated');
  const why = taken
    ? `${ip} belongs to another Service of this cluster already`
    : `this IP belongs to another cluster: Services get theirs from ${world.serviceCidr} here`;
  const message = `${spell(object)} was refused: it asks for the clusterIP ${ip}, and ${why}`;
  const where = world.sources.locate(object, FIELD);
  const fix =
    where === undefined
      ? 'Delete the line with clusterIP; the cluster chooses one by itself.'
      : `Delete line ${where.line} of ${where.file} (clusterIP: ${ip}); the cluster chooses one by itself.`;
  return [
    findingOf({ severity: 'error', reason: 'ClusterIPOfAnotherCluster', object, field: FIELD, message, fix }, world),
  ];
}

function diagnoseWritten(service: Service, world: World): DoctorFinding {
  const object = nameOf(service);
  const message = `${spell(object)} asks for the clusterIP ${service.spec.clusterIP}. It is free here by chance; another cluster refuses an address outside its range, or one that is taken`;
  const fix = `Delete ${line(world, object, FIELD)} unless the address itself matters; the cluster chooses one by itself.`;
  return findingOf({ severity: 'info', reason: 'ClusterIPWritten', object, field: FIELD, message, fix }, world);
}

/** Whether the user's manifest holds an address, not only the stored object. */
function isWritten({ metadata, spec }: Service): boolean {
  const applied = metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'];
  if (applied === undefined || !/^\d/.test(spec.clusterIP ?? '')) return false;
  return applied.includes(`"clusterIP":"${spec.clusterIP}"`);
}
