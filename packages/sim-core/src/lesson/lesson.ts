import { forAudience } from '../grader/emit/audience.ts';
import { statusOf } from '../grader/emit/emitter.ts';
import type { GradeResult } from '../grader/result.ts';
import type { LessonState, ObjectiveState } from '../wire.ts';
import type { HeldManifests } from './held-manifests.ts';
import { type LessonText, lessonState, type OpenCheck, objectiveOf, openObjective } from './lesson-state.ts';

/** What a lesson is made from. */
export interface LessonParts {
  readonly text: LessonText;
  /** Checks that learners see. */
  readonly checks: readonly OpenCheck[];
  /** Whether the cluster began with an answer: a scenario's, not the start of the exercise. */
  readonly beganWithAnswer: boolean;
  /** What the cluster holds now. */
  read(): HeldManifests;
  /** Whether some of the user's manifests still wait for their turn. */
  isApplying(): boolean;
  /** Grades it somewhere else; resolves whatever happens, with "could not check" where nobody can say. */
  grade(held: HeldManifests): Promise<GradeResult>;
  /** Cluster time. */
  now(): number;
  /** Calls back after so many milliseconds of real time. */
  after(milliseconds: number, callback: () => void): void;
}

/** How long manifests have to stay the same before they are graded, and how long they may keep somebody waiting. */
const QUIET = 250;
const PATIENCE = 1500;
/** The same for manifests that are not applied yet: a webhook that nobody answers must not keep the lesson back. */
const APPLYING_PATIENCE = 10_000;

/**
 * An exercise beside a running cluster: its checks are the objectives, graded by the grader in a cluster of its own. It looks
 * when somebody asks and the user's manifests have changed since; however many ask, it looks once.
 */
export class Lesson {
  readonly #parts: LessonParts;
  #objectives: readonly ObjectiveState[];
  #result: GradeResult | undefined;
  /** What was graded last, or is being graded. */
  #fingerprint: string | undefined;
  #looking: Promise<void> | undefined;
  #isGiven = false;

  constructor(parts: LessonParts) {
    this.#parts = parts;
    this.#objectives = parts.checks.map(openObjective);
  }

  /** How it stands; begins to look where something has changed. */
  state(): LessonState {
    if (this.#looking === undefined && this.#parts.read().fingerprint !== this.#fingerprint) void this.#look();
    const isChecking = this.#looking !== undefined;
    return lessonState(this.#parts.text, this.#objectives, this.#result, { isChecking, isGiven: this.#isGiven });
  }

  /** Looks once more, changed or not. */
  async check(): Promise<LessonState> {
    await this.#looking;
    await this.#look();
    return this.state();
  }

  /** The neutral result that the state is made from, as students may see it; undefined before the first look. */
  get result(): GradeResult | undefined {
    return this.#result;
  }

  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const held = await this.#quiet();
    this.#fingerprint = held.fingerprint;
    const result = await this.#parts.grade(held);
    this.#take(forAudience({ result, status: statusOf(result) }, 'student').result);
  }

  /** What the cluster holds, once nobody has changed it for a moment. */
  async #quiet(): Promise<HeldManifests> {
    let held = this.#parts.read();
    for (let waited = 0; waited < (this.#parts.isApplying() ? APPLYING_PATIENCE : PATIENCE); waited += QUIET) {
      await new Promise<void>((resolve) => this.#parts.after(QUIET, resolve));
      const now = this.#parts.read();
      const isQuiet = now.fingerprint === held.fingerprint;
      held = now;
      if (isQuiet && !this.#parts.isApplying()) break;
    }
    return held;
  }

  #take(result: GradeResult): void {
    const { checks, score, max, ungraded } = result;
    if (this.#result === undefined && this.#parts.beganWithAnswer)
      this.#isGiven = ungraded === 0 && max > 0 && score === max;
    const before = new Map(this.#objectives.map((each) => [each.id, each]));
    const now = this.#parts.now();
    this.#objectives = checks.map((check) => {
      const { result: was, since = now } = before.get(check.id) ?? {};
      return objectiveOf(check, checks, was === check.result ? since : now);
    });
    this.#result = result;
  }
}
