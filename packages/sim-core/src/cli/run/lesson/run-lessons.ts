import { newNotFound } from '../../../apimachinery/status-error.ts';
import { decodeExercise } from '../../../grader/exercise/decode.ts';
import type { Cluster } from '../../../index.ts';
import type { LessonActions } from '../../../run/actions.ts';
import { ADDON_FILE } from '../../../run/load-manifests.ts';
import type { RunFiles } from '../../../run/run-files.ts';
import type { LessonList, LessonState } from '../../../wire.ts';
import { packagedExercise, packagedExercises } from '../../exercise/find-exercise.ts';
import { readText } from '../../grade/read-text.ts';
import type { RunExercise } from '../exercise-input.ts';
import { type LessonFiles, readLessonFiles } from './lesson-files.ts';
import { type OpenLesson, openLesson } from './open-lesson.ts';

/** What the lessons of a run are made from. */
export interface RunLessonsParts {
  readonly cluster: Cluster;
  readonly files: RunFiles;
  /** What the run was started with. */
  readonly exercise: RunExercise | undefined;
  /** Puts these files in the place of everything that the user has; returns the revision afterwards. */
  replace(files: LessonFiles): number;
}

/** The lesson that a run is about, and those that can take its place. */
export class RunLessons implements LessonActions {
  readonly #parts: RunLessonsParts;
  #open: OpenLesson | undefined;
  #scene: ReadonlySet<string> = new Set();
  #names: LessonList['lessons'] | undefined;

  /** @throws CliError refused, when the exercise of the run cannot be read */
  constructor(parts: RunLessonsParts) {
    this.#parts = parts;
    if (parts.exercise !== undefined) this.#begin(parts.exercise);
  }

  state(): LessonState | undefined {
    return this.#placed(this.#open?.lesson.state());
  }

  async check(): Promise<LessonState | undefined> {
    return this.#placed(await this.#open?.lesson.check());
  }

  result(): unknown {
    return this.#open?.lesson.result;
  }

  list(): LessonList {
    const own = this.#parts.cluster.userObjects().filter(({ document }) => document.file !== ADDON_FILE);
    return { lessons: this.#lessons, replaces: own.length };
  }

  /** @throws StatusError NotFound for a name that no exercise of the package has */
  load(id: string): number {
    const path = packagedExercise(id);
    if (path === undefined) throw newNotFound({ group: 'sandbox.k8s-ingress.dev', resource: 'exercises' }, id);
    const files = readLessonFiles(path, '');
    void this.#open?.close();
    this.#open = undefined;
    const rev = this.#parts.replace(files);
    this.#begin({ path, beganWithAnswer: false, scene: new Set(files.scene.map(({ file }) => file)) });
    return rev;
  }

  async close(): Promise<void> {
    await this.#open?.close();
  }

  get #lessons(): LessonList['lessons'] {
    this.#names ??= packagedExercises().map(lessonName);
    return this.#names;
  }

  /** With its place among those of the package. */
  #placed(state: LessonState | undefined): LessonState | undefined {
    if (state === undefined) return undefined;
    const at = this.#lessons.findIndex(({ id }) => id === state.id);
    if (at < 0) return state;
    const next = this.#lessons[at + 1];
    const place = { n: at + 1, of: this.#lessons.length };
    return { ...state, place, ...(next && { next: { id: next.id, title: next.title } }) };
  }

  #begin({ path, scene, beganWithAnswer }: RunExercise): void {
    const { cluster, files } = this.#parts;
    this.#scene = scene;
    this.#open = openLesson(path, {
      cluster,
      beganWithAnswer,
      isScene: (file) => file === ADDON_FILE || this.#scene.has(file),
      isOwn: (file) => files.has(file),
    });
  }
}

function lessonName(id: string): LessonList['lessons'][number] {
  const file = `${packagedExercise(id)}/exercise.yaml`;
  const { title = id, story = '' } = decodeExercise(file, readText(file)).exercise ?? {};
  return { id, title, story: story.trim().replace(/\s+/g, ' ') };
}
