import type { TraceSample } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Dot, SHAPE } from './dot-field.ts';

/**
 * The request behind a dot: of those that the feed showed and that took the same way with the same end, the one that
 * came nearest in time.
 *
 * @param arrivalOf - when the feed showed a request, on the clock of `dot.bornAt`
 */
export function sampleFor(
  dot: Dot,
  samples: readonly TraceSample[],
  arrivalOf: (sample: TraceSample) => number,
): TraceSample | undefined {
  const distance = (sample: TraceSample): number => Math.abs(arrivalOf(sample) - dot.bornAt);
  return samples
    .filter(({ flow, status }) => flow === dot.flow && status >= 500 === (dot.shape === SHAPE.diamond))
    .sort((a, b) => distance(a) - distance(b))[0];
}
