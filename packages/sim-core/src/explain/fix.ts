import { podsOwnAnswer } from './pods-own-answer.ts';
import { reasonOf } from './reasons/index.ts';
import type { Scene } from './scene.ts';

/** What to do about a request that failed, with the line; '' for one that did not. */
export function fixOf(scene: Scene): string {
  const { status, upstreamStatus } = scene.record;
  const reason = reasonOf(scene);
  if (reason !== undefined) return reason.fix(scene);
  return upstreamStatus >= 400 && status === upstreamStatus ? podsOwnAnswer(scene) : '';
}
