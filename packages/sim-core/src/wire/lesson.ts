/** How an objective stands. `blocked`: another one comes first. `could-not-check`: nobody's fault but ours. */
export type ObjectiveResult = 'pass' | 'not-yet' | 'could-not-check' | 'blocked';

/** One thing to reach in a lesson: a check of its exercise, as it stands now. */
export interface ObjectiveState {
  /** Of the check. */
  id: string;
  title: string;
  /** Absent as long as nobody has looked. */
  result?: ObjectiveResult;
  /** Points given, and points that it is worth. */
  points: number;
  max: number;
  /** What was found, or what is missing; '' as long as nobody has looked. */
  message: string;
  /** Worth telling although it passed. */
  remark?: string;
  /** From a nudge to nearly the answer. */
  hints: string[];
  /** Titles of the objectives that come first, for `blocked`. */
  waitsFor: string[];
  /** The user's own line that it is about. */
  source?: { file: string; line: number };
  /** What was measured and compared. */
  evidence: Record<string, unknown>;
  /** Since when it stands like this, cluster time. */
  since?: number;
}

/** A lesson by its name. */
export interface LessonName {
  /** Of its exercise. */
  id: string;
  title: string;
}

/** `GET /api/v1/lesson`: the exercise that this run is about, and how far it is done. */
export interface LessonState extends LessonName {
  story: string;
  objectives: ObjectiveState[];
  /** Points given, that could be given, and of what could not be checked. */
  score: number;
  max: number;
  ungraded: number;
  /** What was done about what was looked at, as a whole. */
  remarks: string[];
  /** Something has changed and is being looked at: what stands here is how it was before. */
  isChecking: boolean;
  /** Everything was reached when the run began: it shows the solution, and nobody has solved anything. */
  isGiven: boolean;
  /** Which one of the shipped lessons it is; absent for another. */
  place?: { n: number; of: number };
  /** The one that follows it. */
  next?: LessonName;
}

/** `GET /api/v1/lessons`: what there is to choose from. */
export interface LessonList {
  lessons: (LessonName & { story: string })[];
  /** How many objects of the user's loading one would replace. */
  replaces: number;
}
