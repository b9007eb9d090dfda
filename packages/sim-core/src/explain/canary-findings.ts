import type { DoctorFinding } from '../wire.ts';
import type { Scene } from './scene.ts';

/** Placeholder until the canary doctor is asked. */
export function canaryFindings(_scene: Scene): DoctorFinding[] {
  return [];
}
