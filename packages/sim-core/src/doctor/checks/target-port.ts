import type { Pod } from '../../api/core-v1/pod.ts';
import { type Service, type ServicePort, services } from '../../api/core-v1/service.ts';
import { isConditionTrue } from '../../apimachinery/condition.ts';
import type { DoctorFinding, ObjectName } from '../../wire.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, place, spell } from '../finding.ts';
import { templateOf } from '../template.ts';
import type { World } from '../world.ts';
import { podsOf } from './service-selector.ts';

/** Service ports that lead to a port where no container listens: 502, or no endpoint where the name is unknown. */
export const targetPort: Check = {
  name: 'TargetPort',
  check: (world) => world.client.list(services).flatMap((service) => targetPortFindings(service, world)),
};

/** Ports that programs like to listen on, tried where the declared ones do not answer. */
const USUAL: readonly number[] = Object.freeze([80, 3000, 4200, 5000, 5678, 8000, 8080, 8081, 8443, 9000, 9898, 443]);

/** What is wrong with the target ports of one Service. */
export function targetPortFindings(service: Service, world: World): DoctorFinding[] {
  if (service.spec.type === 'ExternalName') return [];
  // The controller's own Services: its webhook is stored, not called, and listens nowhere here
  const pods = podsOf(service, world).filter(
    ({ spec }) => !spec.containers.some(({ image }) => world.isControllerImage(image ?? '')),
  );
  const [pod] = pods;
  if (pod === undefined) return [];
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const { protocol = 'TCP' } = port;
    const found = protocol === 'TCP' ? diagnose({ service, port, index, pods, pod }, world) : undefined;
    return found === undefined ? [] : [findingOf(found, world)];
  });
}

interface Case {
  readonly service: Service;
  readonly port: ServicePort;
  readonly index: number;
  readonly pods: readonly Pod[];
  readonly pod: Pod;
}

function diagnose(each: Case, world: World): Diagnosis | undefined {
  const { port } = each;
  return typeof port.targetPort === 'string'
    ? unknownName(each, port.targetPort, world)
    : deaf(each, port.targetPort ?? port.port, world);
}

function unknownName({ service, index, pods, pod }: Case, name: string, world: World): Diagnosis | undefined {
  const names = pods.flatMap(({ spec }) => spec.containers.flatMap(({ ports = [] }) => ports.map((each) => each.name)));
  if (names.includes(name)) return undefined;
  const object = nameOf(service);
  const field = `spec.ports[${index}].targetPort`;
  const known = listing([...new Set(names.filter((each) => each !== undefined))]);
  const template = templateOf(pod, world);
  const message = `${spell(object)} has no endpoints: no container port of its pods is named ${name}${place(world, object, field)}; ${spell(template.object)} names ${known || 'none'}${portsPlace(world, template)}`;
  return {
    severity: 'error',
    reason: 'TargetPortNameNotFound',
    object,
    field,
    message,
    fix: `Write a name or number that the container declares at ${line(world, object, field)}.`,
  };
}

function deaf(
  { service, index, pods, port: { targetPort: written } }: Case,
  port: number,
  world: World,
): Diagnosis | undefined {
  const ready = pods.filter(
    ({ status }) => isConditionTrue(status?.conditions, 'Ready') && status?.podIP !== undefined,
  );
  const silent = ready.find((pod) => world.network.dial(pod.status?.podIP ?? '', port, '') === 'refused');
  if (silent === undefined) return undefined;
  const object = nameOf(service);
  const field = written === undefined ? `spec.ports[${index}].port` : `spec.ports[${index}].targetPort`;
  const listening = listensOn(silent, world);
  const template = templateOf(silent, world);
  const hears = listening.length === 0 ? 'listens nowhere yet' : `listens on ${listing(listening.map(String))}`;
  const message = `${spell(object)} sends to port ${port}${place(world, object, field)}, where no container of its pods listens, so requests through the ingress end in 502: ${spell(template.object)} ${hears}${portsPlace(world, template)}`;
  const first = listening[0];
  const fix =
    first === undefined
      ? `Wait until the program listens, or give it a readinessProbe, so that it gets no traffic before.`
      : `Write "targetPort: ${first}" ${written === undefined ? 'below' : 'at'} ${line(world, object, field)}.`;
  return {
    severity: first === undefined ? 'warning' : 'error',
    reason: 'TargetPortRefused',
    object,
    field,
    message,
    fix,
  };
}

function listensOn({ spec, status }: Pod, world: World): number[] {
  const declared = spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));
  return [...new Set([...declared, ...USUAL])].filter(
    (port) => typeof world.network.dial(status?.podIP ?? '', port, '') !== 'string',
  );
}

function portsPlace(world: World, { object, prefix }: { object: ObjectName; prefix: string }): string {
  return place(world, object, `${prefix}spec.containers[0].ports[0].containerPort`);
}
