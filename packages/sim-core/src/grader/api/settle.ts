import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { Target } from '../target/target.ts';
import { isPodOf, type Objects, type Workload } from './objects.ts';

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
 */
export async function settle(target: Target, objects: Objects, limit: number): Promise<void> {
  const end = target.now() + limit;
  let pause = FIRST_PAUSE;
  while ((await isUnderWay(objects)) && target.now() + pause <= end) {
    await target.wait(pause);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  }
  await target.wait(Math.min(AFTERGLOW, Math.max(0, end - target.now())));
  objects.forget();
}

/** Whether something lacks what it may still get by itself. */
async function isUnderWay(objects: Objects): Promise<boolean> {
  objects.forget();
  const pods = await objects.all('pods');
  const isStuckFor = (workload: Workload) => pods.some((pod) => isPodOf(pod, workload) && isStuck(pod));
  return (
    (await objects.workloads()).some((workload) => isRollingOut(workload) && !isStuckFor(workload)) ||
    (await objects.all('services')).some(isPending) ||
    pods.some(({ metadata }) => metadata.deletionTimestamp !== undefined)
  );
}

/** As `kubectl rollout status` asks; the three kinds of workloads count under different names. */
function isRollingOut({ kind, metadata, spec, status = {} }: Workload): boolean {
  const counts = status as Readonly<Record<string, number | undefined>>;
  const countOf = (name: string) => counts[name] ?? 0;
  if (countOf('observedGeneration') < (metadata.generation ?? 0)) return true;
  if (kind === 'DaemonSet') {
    const wanted = countOf('desiredNumberScheduled');
    return countOf('updatedNumberScheduled') < wanted || countOf('numberAvailable') < wanted;
  }
  const [wanted, updated] = [spec.replicas ?? 1, countOf('updatedReplicas')];
  const hasOld = kind === 'Deployment' && countOf('replicas') > updated;
  return updated < wanted || hasOld || countOf('availableReplicas') < wanted;
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
