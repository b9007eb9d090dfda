import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LessonResult } from '../transport/transport.ts';

/** The best result that somebody reached in one exercise. */
export interface Attempt {
  readonly id: string;
  readonly score: number;
  readonly max: number;
  /** When, `2026-01-01T00:00:00.000Z`. */
  readonly at: string;
  readonly result: LessonResult;
}

/** Where it outlives the tab: a browser's `localStorage`. */
export interface ProgressStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const RESULTS = 'progress';
const NAME = 'name';

/** What the person at this browser has reached: the best result of every exercise, in the grader's own form. */
export class Progress {
  /** Of the person, for what is handed in. */
  readonly name: Signal<string>;
  readonly #store: ProgressStore | undefined;
  readonly #all: Signal<ReadonlyMap<string, Attempt>>;

  constructor(store?: ProgressStore) {
    this.#store = store;
    this.name = signal(store?.getItem(NAME) ?? '');
    this.#all = signal(byId(readAttempts(store?.getItem(RESULTS) ?? '[]') ?? []));
  }

  /** By the exercise. */
  get all(): ReadonlySignal<ReadonlyMap<string, Attempt>> {
    return this.#all;
  }

  isSolved(id: string): boolean {
    const attempt = this.#all.value.get(id);
    return attempt !== undefined && attempt.score === attempt.max;
  }

  rename(name: string): void {
    this.name.value = name;
    this.#keep(NAME, name);
  }

  /** Keeps a result, unless a better one is known. */
  record(result: LessonResult, at: string): void {
    const attempt = attemptOf({ ...result, at });
    if (attempt) this.#take([attempt]);
  }

  /** A list of results as `grade --json` writes for a class, one for each exercise; the class grid reads it. */
  exported(): string {
    const name = this.name.peek();
    const named = name === '' ? {} : { name };
    const results = [...this.#all.peek().values()].map(({ result, at }) => ({ ...result, ...named, at }));
    return `${JSON.stringify(results, undefined, 2)}\n`;
  }

  /** Takes over what was exported; better results stay. @returns of how many exercises; undefined for no such file */
  imported(text: string): number | undefined {
    const attempts = readAttempts(text);
    if (attempts) this.#take(attempts);
    return attempts?.length;
  }

  #take(attempts: readonly Attempt[]): void {
    const all = new Map(this.#all.peek());
    for (const attempt of attempts) if (isBetter(attempt, all.get(attempt.id))) all.set(attempt.id, attempt);
    this.#all.value = all;
    this.#keep(RESULTS, JSON.stringify([...all.values()].map(({ result, at }) => ({ ...result, at }))));
  }

  #keep(key: string, value: string): void {
    try {
      this.#store?.setItem(key, value);
    } catch {
      // Full: it lives as long as the page does.
    }
  }
}

function isBetter(one: Attempt, known: Attempt | undefined): boolean {
  return known === undefined || one.score * known.max > known.score * one.max;
}

function byId(attempts: readonly Attempt[]): ReadonlyMap<string, Attempt> {
  return new Map(attempts.map((attempt) => [attempt.id, attempt]));
}

/** Undefined for a text that is no list of results. */
function readAttempts(text: string): Attempt[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return undefined;
    const attempts = list.flatMap((each: unknown) => attemptOf(each) ?? []);
    return attempts.length === list.length ? attempts : undefined;
  } catch {
    return undefined;
  }
}

function attemptOf(value: unknown): Attempt | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { at, ...result } = value as Record<string, unknown>;
  const { score, max, exercise, checks } = result;
  const id: unknown = (exercise as { name?: unknown } | null | undefined)?.name;
  if (typeof score !== 'number' || typeof max !== 'number' || typeof id !== 'string' || !Array.isArray(checks))
    return undefined;
  return { id, score, max, at: typeof at === 'string' ? at : '', result };
}
