import type { SplitRow, TimelineMark, TimelineStep } from '@k8s-ingress-sandbox/sim-core/wire';
import { splitWords } from '../split/split-words.ts';
import { formatTime } from '../words/numbers.ts';
import type { Words } from '../words/words.tsx';

/** A mark of the timeline, at its place among the steps. */
export interface PlacedMark {
  readonly step: TimelineStep;
  /** 0 is the oldest step, 1 the newest. */
  readonly at: number;
  readonly kind: TimelineMark['kind'];
  readonly text: string;
}

/** More marks than this nobody can tell apart on a line. */
const MOST_MARKS = 24;

/** Marks to be drawn, oldest first: one for each step that has any, the newest where there are too many. */
export function placedMarks(steps: readonly TimelineStep[]): PlacedMark[] {
  const last = Math.max(1, steps.length - 1);
  return steps
    .flatMap((step, i): PlacedMark[] => {
      const [first] = step.marks;
      if (first === undefined) return [];
      const weight = step.marks.find(({ kind }) => kind === 'weight');
      const text = `${formatTime(step.at)} r${step.rev}: ${step.marks.map((mark) => mark.text).join(', ')}`;
      return [{ step, at: i / last, kind: (weight ?? first).kind, text }];
    })
    .slice(-MOST_MARKS);
}

/** What a sample had counted when it ended, in the words of the split panel. */
export function sampleWords(sample: SplitRow, words: Words): string {
  const { share, isShare, target, draws, interval } = splitWords(sample, words);
  const parts = [isShare ? `${share} %` : share, draws, interval, words.t('past.target', { target })];
  return `${sample.canaryIngress}: ${parts.filter((part) => part !== '' && part !== '—').join(', ')}`;
}
