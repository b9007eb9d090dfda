import { type Pod, pods } from '../../api/core-v1/pod.ts';
import type { DoctorFinding } from '../../wire.ts';
import { type Check, findingOf, spell } from '../finding.ts';
import { podTrouble, type Trouble, warningsIn } from '../pod-trouble.ts';
import { type Template, templateOf } from '../template.ts';
import type { World } from '../world.ts';

/** Pods that take no traffic, told once for each Deployment and reason. */
export const podsNotReady: Check = {
  name: 'PodsNotReady',
  check: (world) => podFindings(world.client.list(pods), world),
};

/** What keeps these pods from being ready. */
export function podFindings(some: readonly Pod[], world: World): DoctorFinding[] {
  const groups = new Map<string, { owner: Template; trouble: Trouble; pods: Pod[] }>();
  const warnings = warningsIn(world);
  for (const pod of some) {
    const trouble = podTrouble(pod, warnings);
    if (trouble === undefined) continue;
    const owner = templateOf(pod, world);
    const key = `${spell(owner.object)} ${trouble.reason}`;
    const group = groups.get(key) ?? { owner, trouble, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ owner, trouble, pods: troubled }) => finding(owner, trouble, troubled, world));
}

function finding(
  { object, prefix }: Template,
  trouble: Trouble,
  troubled: readonly Pod[],
  world: World,
): DoctorFinding {
  const field = prefix + trouble.field;
  const count = prefix === '' ? '' : `${troubled.length} pod${troubled.length === 1 ? '' : 's'} of `;
  const message = `${count}${spell(object)} ${prefix !== '' && troubled.length > 1 ? 'are' : 'is'} not ready: ${trouble.message}`;
  return findingOf(
    {
      severity: trouble.starting ? 'info' : 'error',
      reason: trouble.starting ? 'PodsStarting' : 'PodsNotReady',
      object,
      field,
      message,
      fix: trouble.fix,
    },
    world,
  );
}
