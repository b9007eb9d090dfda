import type { TimelineMark, WireObject } from '../wire.ts';
import type { TableChange } from './object-table.ts';

/** Marks of one step; a deployment of hundreds of pods is one thing that happened. */
const MOST_MARKS = 8;

/** What a person would call what changed: nothing for most changes. */
export function marksOf(changes: readonly TableChange[]): TimelineMark[] {
  return changes.flatMap(({ before, after }) => markOf(before, after) ?? []).slice(0, MOST_MARKS);
}

function markOf(before: WireObject | undefined, after: WireObject | undefined): TimelineMark | undefined {
  const object = after ?? before;
  // The machines are there before anything happens.
  if (object === undefined || object.kind === 'Node') return undefined;
  const name = `${object.kind} ${object.name}`;
  if (object.kind === 'Pod') return podMark(before, after, name);
  if (object.kind === 'LoadBalancer') return balancerMark(before, after, name);
  if (before === undefined) return { kind: 'change', text: `${name} created` };
  if (after === undefined) return { kind: 'change', text: `${name} deleted` };
  if (before.kind === 'Deployment' && after.kind === 'Deployment' && before.desired !== after.desired)
    return { kind: 'change', text: `${name} scaled ${before.desired} → ${after.desired}` };
  return undefined;
}

function podMark(
  before: WireObject | undefined,
  after: WireObject | undefined,
  name: string,
): TimelineMark | undefined {
  if (before?.kind !== 'Pod') return undefined;
  if (after === undefined) return { kind: 'pod', text: `${name} gone` };
  if (after.kind !== 'Pod') return undefined;
  if (after.terminating && !before.terminating) return { kind: 'pod', text: `${name} terminating` };
  return after.restarts > before.restarts ? { kind: 'pod', text: `${name} restarted` } : undefined;
}

function balancerMark(
  before: WireObject | undefined,
  after: WireObject | undefined,
  name: string,
): TimelineMark | undefined {
  if (after?.kind !== 'LoadBalancer') return { kind: 'change', text: `${name} deleted` };
  const was = before?.kind === 'LoadBalancer' ? before.hostname : '';
  return was === '' && after.hostname !== '' ? { kind: 'address', text: `${name} has its address` } : undefined;
}
