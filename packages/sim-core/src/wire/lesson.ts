/** One thing to reach in a lesson, as it stands now. */
export interface ObjectiveState {
  id: string;
  title: string;
  /** `blocked`: another objective comes first. `could-not-check`: nobody's fault but ours. */
  result: 'pass' | 'not-yet' | 'could-not-check' | 'blocked';
  /** What was found, or what is missing. */
  message: string;
  progress?: { done: number; of: number };
  /** From a nudge to the answer. */
  hints: string[];
}

/** `GET /api/v1/lesson`. */
export interface LessonState {
  /** Name of its scenario. */
  id: string;
  title: string;
  story: string;
  objectives: ObjectiveState[];
  /** Every lesson, in order. */
  lessons: { id: string; title: string }[];
  next?: { id: string; title: string };
}
