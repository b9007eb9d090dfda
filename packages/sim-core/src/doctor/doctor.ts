import type { DoctorFinding } from '../wire.ts';
import { CHECKS } from './checks/index.ts';
import type { World } from './world.ts';

const RANK: Readonly<Record<DoctorFinding['severity'], number>> = Object.freeze({ error: 0, warning: 1, info: 2 });

/** Everything that is wrong with a cluster: errors first, each once. */
export function examine(world: World): DoctorFinding[] {
  const findings = new Map<string, DoctorFinding>();
  for (const { check } of CHECKS) {
    for (const finding of check(world)) findings.set(`${finding.reason} ${finding.message}`, finding);
  }
  return [...findings.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
