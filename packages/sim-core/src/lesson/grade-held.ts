import { isControllerObject } from '../grader/intake/controller-manifest.ts';
import type { GradeResult } from '../grader/result.ts';
import { keyOfManifest, keyText } from '../grader/submission/object-key.ts';
import { gradeSimulated, type Machine } from '../grading/grade-simulated.ts';
import type { LoadedExercise } from '../grading/load-exercise.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { HeldManifests } from './held-manifests.ts';

/** What is graded of a running cluster: plain data, so that a worker can have it. */
export type HeldAnswer = Omit<HeldManifests, 'fingerprint'>;

/** Grades what a cluster holds in a cluster of its own, as if it had been handed in. Never throws. */
export function gradeHeld(exercise: LoadedExercise, { files, missing }: HeldAnswer, machine: Machine) {
  const brings = exercise.settings.addons.includes('ingress-nginx');
  const submission = { id: 'the cluster', files, ...(brings && { leaveOut: isControllerObject }) };
  return gradeSimulated(without(exercise, missing), submission, machine) satisfies Promise<GradeResult>;
}

/** The exercise without objects of its scenario that somebody has deleted. */
function without(exercise: LoadedExercise, missing: readonly string[]): LoadedExercise {
  if (missing.length === 0) return exercise;
  const gone = new Set(missing);
  const isLeft = ({ value }: ManifestDocument) =>
    !['', 'default'].some((namespace) => gone.has(keyText(keyOfManifest(value, namespace))));
  const { pack, settings, documents } = exercise;
  return { pack: { ...pack, scenario: pack.scenario.filter(isLeft) }, settings, documents: documents.filter(isLeft) };
}
