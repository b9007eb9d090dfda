import type { LessonState, ObjectiveState } from '../wire.ts';
import type { Lesson, LessonFacts, Objective } from './lesson.ts';
import { LESSONS } from './lessons/index.ts';

/** How the objectives of a scenario's lesson stand; undefined for a scenario without one. */
export async function lessonState(scenario: string, facts: LessonFacts): Promise<LessonState | undefined> {
  const lesson = LESSONS.find(({ id }) => id === scenario);
  if (lesson === undefined) return undefined;
  const objectives = await evaluate(lesson, facts);
  const next = LESSONS[LESSONS.indexOf(lesson) + 1];
  return {
    id: lesson.id,
    title: lesson.title,
    story: lesson.story,
    objectives,
    lessons: LESSONS.map(({ id, title }) => ({ id, title })),
    ...(next && { next: { id: next.id, title: next.title } }),
  };
}

/** Looks at every objective, in order; what cannot be looked at is never held against anybody. */
export async function evaluate({ objectives }: Lesson, facts: LessonFacts): Promise<ObjectiveState[]> {
  const states = new Map<string, ObjectiveState>();
  for (const objective of objectives) states.set(objective.id, await stateOf(objective, facts, states));
  return [...states.values()];
}

async function stateOf(
  objective: Objective,
  facts: LessonFacts,
  before: ReadonlyMap<string, ObjectiveState>,
): Promise<ObjectiveState> {
  const { id, title, hints, requires = [] } = objective;
  const base = { id, title, hints: [...hints] };
  const missing = requires.map((each) => before.get(each)).find((each) => each?.result !== 'pass');
  if (missing) return { ...base, result: 'blocked', message: `First: ${missing.title}` };
  try {
    const verdict = await objective.check(facts);
    if (verdict.passed) return { ...base, result: 'pass', message: verdict.message };
    const { message, progress } = verdict;
    return { ...base, result: 'not-yet', message, ...(progress && { progress }) };
  } catch (error) {
    return { ...base, result: 'could-not-check', message: error instanceof Error ? error.message : String(error) };
  }
}
