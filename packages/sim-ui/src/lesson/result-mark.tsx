import type { ObjectiveResult } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Key } from '../words/words.tsx';

/** How a result is said; nothing of it is told by colour alone. */
export function resultKey(result: ObjectiveResult | undefined): Key {
  switch (result) {
    case 'pass':
      return 'lesson.pass';
    case 'not-yet':
      return 'lesson.notYet';
    case 'could-not-check':
      return 'lesson.couldNotCheck';
    case 'blocked':
      return 'lesson.blocked';
    default:
      return 'lesson.checking';
  }
}

const PATHS: Readonly<Record<ObjectiveResult, string>> = {
  pass: 'M4 8.5l3 3 5-6.5',
  'not-yet': '',
  'could-not-check': 'M6 6.2a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1M8 11.6v.1',
  blocked: 'M5 8h6',
};

/** A tick, a ring, a question mark, a bar: told apart without their colours. */
export function ResultMark({ result }: { result: ObjectiveResult | undefined }) {
  return (
    <svg class="result-mark" data-result={result} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path d={result === undefined ? '' : PATHS[result]} />
    </svg>
  );
}
