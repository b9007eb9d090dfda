import type { Scene } from '../scene.ts';
import type { Setting } from '../settings.ts';

/** Where in the order of the phases a request was answered; what comes later was never asked. */
export type Phase =
  | 'head'
  | 'server'
  | 'location'
  | 'rewrite'
  | 'ssl'
  | 'upstream'
  | 'limit'
  | 'access'
  | 'body'
  | 'proxy';

/** The phases in nginx's order (nginx/request.ts). */
export const PHASE_ORDER: readonly Phase[] = Object.freeze([
  'head',
  'server',
  'location',
  'rewrite',
  'ssl',
  'upstream',
  'limit',
  'access',
  'body',
  'proxy',
]);

/** What is said of one reason why nginx answered by itself, or got no answer: all of this shape, one for each reason. */
export interface ReasonWords {
  readonly phase: Phase;
  /** In few words, behind a status: what a changed request would end in. */
  readonly brief: string;
  /** Annotations (without prefix) that bring it about. */
  readonly annotations?: readonly string[];
  /** Why, in a sentence or two. */
  why(scene: Scene): string;
  /** Where the setting that brought it about stands; absent where none did. */
  setting?(scene: Scene): Setting;
  /** What to do next, with the line; '' for nothing. */
  fix(scene: Scene): string;
}
