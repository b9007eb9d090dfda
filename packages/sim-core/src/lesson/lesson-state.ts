import type { CheckResult, GradeResult } from '../grader/result.ts';
import type { LessonState, ObjectiveState } from '../wire.ts';
import { IN_NO_FILE } from './held-manifests.ts';

/** What of an exercise a learner reads. */
export interface LessonText {
  readonly name: string;
  readonly title: string;
  readonly story: string;
}

/** A check of which nothing is known yet. */
export type OpenCheck = Pick<CheckResult, 'id' | 'title' | 'max'>;

/** How an objective of a check stands that was made. @param since cluster time since when its result is this one */
export function objectiveOf(check: CheckResult, all: readonly CheckResult[], since: number): ObjectiveState {
  const { id, title, result, points, max, message, remark, hint, hints, blockedBy = [], file, line, evidence } = check;
  return {
    id,
    title,
    result,
    points,
    max,
    message,
    ...(remark !== undefined && { remark }),
    hints: [...(hints ?? (hint === undefined ? [] : [hint]))],
    waitsFor: blockedBy.map((each) => all.find((other) => other.id === each)?.title ?? each),
    ...(file !== undefined && line !== undefined && file !== IN_NO_FILE && { source: { file, line } }),
    evidence: { ...evidence },
    since,
  };
}

/** An objective that nobody has looked at. */
export function openObjective({ id, title, max }: OpenCheck): ObjectiveState {
  return { id, title, points: 0, max, message: '', hints: [], waitsFor: [], evidence: {} };
}

/** The lesson as it stands. @param result as students may see it; undefined before the first look */
export function lessonState(
  { name, title, story }: LessonText,
  objectives: readonly ObjectiveState[],
  result: GradeResult | undefined,
  flags: Pick<LessonState, 'isChecking' | 'isGiven'>,
): LessonState {
  const { score = 0, max = 0, ungraded = 0, remarks = [] } = result ?? {};
  return {
    id: name,
    title,
    story: story.trim().replace(/\s+/g, ' '),
    objectives: [...objectives],
    score,
    max,
    ungraded,
    remarks: [...remarks],
    ...flags,
  };
}
