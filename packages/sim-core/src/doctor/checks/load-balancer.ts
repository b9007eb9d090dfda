import { events } from '../../api/core-v1/event.ts';
import { type Service, services } from '../../api/core-v1/service.ts';
import { objectKey } from '../../apimachinery/object-meta.ts';
import type { DoctorFinding } from '../../wire.ts';
import { type Check, findingOf, line, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/** Services of type LoadBalancer without an address, and why (k8s.io/cloud-provider/controllers/service). */
export const loadBalancer: Check = {
  name: 'LoadBalancerPending',
  check: (world) =>
    world.client
      .list(services)
      .filter(({ spec, status }) => spec.type === 'LoadBalancer' && (status?.loadBalancer?.ingress ?? []).length === 0)
      .map((service) => diagnose(service, world)),
};

function diagnose(service: Service, world: World): DoctorFinding {
  const object = nameOf(service);
  const says = `${spell(object)} has no address yet (EXTERNAL-IP <pending>)`;
  const { loadBalancerClass } = service.spec;
  if (loadBalancerClass !== undefined) {
    const field = 'spec.loadBalancerClass';
    const message = `${says}: its loadBalancerClass ${loadBalancerClass} asks for a controller that does not run here`;
    return findingOf(
      {
        severity: 'warning',
        reason: 'LoadBalancerClass',
        object,
        field,
        message,
        fix: `Delete ${line(world, object, field)}, so that the cloud provider takes it.`,
      },
      world,
    );
  }
  const failure = failureOf(service, world);
  if (failure !== undefined) {
    const message = `${says}: the cloud refused it: ${failure}`;
    return findingOf(
      {
        severity: 'error',
        reason: 'LoadBalancerFailed',
        object,
        field: 'spec.type',
        message,
        fix: 'It is tried again by itself, at first after 5 s, later at most every 5 minutes; meanwhile remove what the cloud complains of.',
      },
      world,
    );
  }
  const balancer = world.cloud.get(objectKey(service));
  const seconds = balancer === undefined ? 0 : Math.ceil(world.cloud.remaining(balancer) / 1000);
  const message = `${says}: the cloud is making its load balancer${seconds > 0 ? `, ${seconds} s to go` : ''}. Real ones take minutes`;
  return findingOf(
    {
      severity: 'info',
      reason: 'LoadBalancerPending',
      object,
      field: 'spec.type',
      message,
      fix: 'Wait; traffic answers as soon as the hostname is there.',
    },
    world,
  );
}

/** The newest refusal that no newer success follows. */
function failureOf({ metadata }: Service, world: World): string | undefined {
  const own = world.client
    .list(events, metadata.namespace)
    .filter(({ involvedObject }) => involvedObject.uid === metadata.uid);
  return own
    .findLast(({ reason }) => reason === 'SyncLoadBalancerFailed')
    ?.message.replace(/^Error syncing load balancer: /, '');
}
