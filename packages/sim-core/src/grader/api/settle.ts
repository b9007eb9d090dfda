import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import type { Target } from '../target/target.ts';
import type { Objects, Workload } from './objects.ts';

/** First pause between two looks, milliseconds; each is half as long again, up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;
/** Time that controllers outside of the API (an ingress controller, a cloud) take to notice what is settled. */
const AFTERGLOW = 2_000;
/** Reasons with which a container gets nowhere by itself. */
const STUCK =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|CrashLoopBackOff|CreateContainerConfigError|CreateContainerError)$/;

/**
 * Waits until workloads have rolled out and load balancers have their addresses, or none of those that lack something can get it
 * any more, or the time is up.
 * @returns what it did not wait out, `Deployment default/web: 1 of 2 replicas are available`
 */
export async function settle(target: Target, objects: Objects, limit: number): Promise<string[]> {
  const end = target.now() + limit;
  let pending: string[] = [];
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    objects.forget();
    const { waiting, stuck } = await look(objects);
    pending = [...waiting, ...stuck];
    if (waiting.length === 0 || target.now() + pause > end) break;
    await target.wait(pause);
  }
  await target.wait(Math.min(AFTERGLOW, Math.max(0, end - target.now())));
  objects.forget();
  return pending;
}

async function look(objects: Objects): Promise<{ waiting: string[]; stuck: string[] }> {
  const pods = await objects.all('pods');
  const lists = [
    await objects.all('deployments'),
    await objects.all('statefulSets'),
    await objects.all('daemonSets'),
  ].flat();
  const waiting: string[] = [];
  const stuck: string[] = [];
  for (const workload of lists) {
    const reason = unfinished(workload);
    if (reason === undefined) continue;
    const { namespace, name } = workload.metadata;
    const list = pods.some((pod) => belongs(pod, workload) && isStuck(pod)) ? stuck : waiting;
    list.push(`${workload.kind} ${namespace}/${name}: ${reason}`);
  }
  for (const service of await objects.all('services')) {
    if (isPending(service))
      waiting.push(`Service ${service.metadata.namespace}/${service.metadata.name}: its load balancer is pending`);
  }
  for (const { metadata } of pods)
    if (metadata.deletionTimestamp !== undefined)
      waiting.push(`Pod ${metadata.namespace}/${metadata.name}: it is ending`);
  return { waiting, stuck };
}

/** Why a rollout is not over, as `kubectl rollout status` asks; the three kinds of workloads count under different names. */
function unfinished({ kind, metadata, spec, status = {} }: Workload): string | undefined {
  const counts = status as Readonly<Record<string, number | undefined>>;
  if ((counts['observedGeneration'] ?? 0) < (metadata.generation ?? 0)) return 'its change was not seen yet';
  const wanted = kind === 'DaemonSet' ? (counts['desiredNumberScheduled'] ?? 0) : (spec.replicas ?? 1);
  const names =
    kind === 'DaemonSet' ? ['updatedNumberScheduled', 'numberAvailable'] : ['updatedReplicas', 'availableReplicas'];
  const [updated = 0, available = 0] = names.map((name) => counts[name] ?? 0);
  if (updated < wanted) return `${updated} of ${wanted} replicas are new`;
  if (kind === 'Deployment' && (counts['replicas'] ?? 0) > updated) return 'old replicas are still there';
  return available < wanted ? `${available} of ${wanted} replicas are available` : undefined;
}

function belongs({ metadata }: Pod, { metadata: owner, spec }: Workload): boolean {
  return metadata.namespace === owner.namespace && matchesSelector(spec.selector, metadata.labels);
}

function isStuck({ status }: Pod): boolean {
  const states = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const isUnschedulable = status?.conditions?.some(
    ({ type, status: value, reason }) => type === 'PodScheduled' && value === 'False' && reason === 'Unschedulable',
  );
  return isUnschedulable === true || states.some(({ state }) => STUCK.test(state?.waiting?.reason ?? ''));
}

function isPending({ spec, status }: Service): boolean {
  const isOurs = spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
  return isOurs && (status?.loadBalancer?.ingress ?? []).length === 0;
}
