import type { DoctorFinding } from '../wire.ts';
import { CHECKS } from './checks/index.ts';
import type { World } from './world.ts';

const RANK: Readonly<Record<DoctorFinding['severity'], number>> = Object.freeze({ error: 0, warning: 1, info: 2 });

/** Everything that is wrong with a cluster: errors first, each once. */
export function examine(world: World): DoctorFinding[] {
  const findings: DoctorFinding[] = [];
  for (const { check } of CHECKS) {
    for (const finding of check(world)) if (!isTold(finding, findings)) findings.push(finding);
  }
  return findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** An earlier finding may have told it along with what follows from it. */
function isTold({ message }: DoctorFinding, findings: readonly DoctorFinding[]): boolean {
  return findings.some((each) => each.message.includes(message));
}
