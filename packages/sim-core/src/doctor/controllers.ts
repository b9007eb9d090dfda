import { type Deployment, deployments } from '../api/apps-v1/deployment.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { isConditionTrue } from '../apimachinery/condition.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { IngressNginx } from '../ingress-nginx/controller.ts';
import { notOurs } from '../ingress-nginx/ingress-class.ts';
import type { Dropped } from '../ingress-nginx/model/draft.ts';
import type { World } from './world.ts';

/** A replica of the controller and the pod that it runs in. */
export interface Replica {
  readonly pod: Pod;
  readonly ready: boolean;
  readonly nginx: IngressNginx;
}

/** Controller replicas that run, the ready ones first. */
export function replicas({ client, replicas: running }: World): Replica[] {
  const found = [...running.values()].flatMap((nginx): Replica[] => {
    const { namespace, name } = parseKey(nginx.proxy.running.controllerPod);
    const pod = client.get(pods, namespace, name);
    return pod === undefined ? [] : [{ pod, ready: isConditionTrue(pod.status?.conditions, 'Ready'), nginx }];
  });
  return found.sort((a, b) => Number(b.ready) - Number(a.ready));
}

/** Deployments that run the controller, also those scaled to 0. */
export function controllerDeployments(world: World): Deployment[] {
  return world.client
    .list(deployments)
    .filter(({ spec }) => spec.template.spec.containers.some(({ image }) => world.isControllerImage(image ?? '')));
}

/** Why no replica serves an Ingress, in the first one's words; undefined when one does, or when none runs. */
export function notServed(ingress: Ingress, world: World): string | undefined {
  const reasons = replicas(world).map(({ nginx }) => refusalOf(ingress, nginx, world));
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** Ingresses that a replica serves. */
export function servedIngresses(world: World): Ingress[] {
  const running = replicas(world);
  return world.client
    .list(ingresses)
    .filter((ingress) => running.some(({ nginx }) => refusalOf(ingress, nginx, world) === undefined));
}

function refusalOf(ingress: Ingress, { flags }: IngressNginx, { client }: World): string | undefined {
  return notOurs(ingress, client, flags);
}

/** Paths of served Ingresses that lead nowhere, each once however many replicas say so. */
export function droppedPaths(world: World): Dropped[] {
  const seen = new Map<string, Dropped>();
  for (const { nginx } of replicas(world)) {
    for (const dropped of nginx.model().dropped) {
      const { namespace, ingress, field, reason } = dropped;
      seen.set(`${namespace}/${ingress} ${field} ${reason}`, dropped);
    }
  }
  return [...seen.values()];
}

/** What the running controller calls itself in IngressClasses. */
export function controllerClass(world: World): string {
  return replicas(world)[0]?.nginx.flags.controllerClass ?? 'k8s.io/ingress-nginx';
}
