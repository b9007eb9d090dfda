import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { formatTime } from '../../sim/clock.ts';
import { MERGE_PATCH, pathOf } from '../api/discovery.ts';
import { isPodOf, type Workload } from '../api/objects.ts';
import { spellObject } from '../binding/binding.ts';
import { selects, selectsPod } from '../binding/selects.ts';
import { type CheckContext, playerOf } from './context.ts';
import type { Action } from './resilience.ts';

/** Does to the cluster what a resilience check wants. @throws Error when the API server does not let it */
export async function act(action: Action, context: CheckContext): Promise<void> {
  context.objects.forget();
  const player = playerOf(context, action.of);
  if (action.type === 'deletePod') return deletePod(player, context);
  const workload = await workloadOf(player, context);
  const template = {
    metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': formatTime(context.target.now()) } },
  };
  const change = action.type === 'scale' ? { replicas: action.replicas } : { template };
  await call(context, 'PATCH', workload, { spec: change });
}

/** `a pod of Service default/web was deleted`. */
export function describeAction(action: Action, context: CheckContext): string {
  const what = spellObject(playerOf(context, action.of));
  if (action.type === 'deletePod') return `a pod of ${what} was deleted`;
  return action.type === 'scale' ? `${what} was scaled to ${action.replicas}` : `${what} was rolled out anew`;
}

async function deletePod(player: KubeObject, context: CheckContext): Promise<void> {
  const pods = (await context.objects.all('pods')).filter((pod) => isOf(pod, player));
  const [pod] = pods.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  if (pod === undefined) throw new Error(`${spellObject(player)} has no pod`);
  await call(context, 'DELETE', pod);
}

/** Whether a pod is behind a Service, or one of a workload. */
function isOf(pod: Pod, player: KubeObject): boolean {
  return player.kind === 'Service' ? selectsPod(player as Service, pod) : isPodOf(pod, player as Workload);
}

async function workloadOf(player: KubeObject, { objects }: CheckContext): Promise<Workload> {
  if (player.kind !== 'Service') return player as Workload;
  const found = (await objects.workloads()).find((workload) => selects(player as Service, workload));
  if (found === undefined) throw new Error(`${spellObject(player)} selects the pods of no workload`);
  return found;
}

async function call(context: CheckContext, method: string, object: KubeObject, body?: unknown): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const resource = await context.objects.discovery.find(apiVersion, kind);
  if (resource === undefined) throw new Error(`the API server knows no ${kind} in ${apiVersion}`);
  const path = pathOf(resource, metadata.namespace ?? '', metadata.name);
  const { status, text } = await context.target.kubernetes(
    method,
    path,
    body,
    body === undefined ? undefined : MERGE_PATCH,
  );
  if (status >= 300) throw new Error(`${method} ${path} was answered ${status}: ${text}`);
}
