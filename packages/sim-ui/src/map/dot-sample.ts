import type { TraceSample } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Dot, SHAPE } from './dot-field.ts';

/** The same moment on the samples' clock and on the dots'. */
export interface Moment {
  readonly clusterNow: number;
  readonly now: number;
}

/**
 * The request behind a dot: of those that the feed showed and that took the same way with the same end, the one nearest
 * in time.
 */
export function sampleFor(
  dot: Dot,
  samples: readonly TraceSample[],
  { clusterNow, now }: Moment,
): TraceSample | undefined {
  const at = clusterNow - (now - dot.bornAt);
  const distance = (sample: TraceSample): number => Math.abs(sample.at - at);
  return samples
    .filter(({ flow, status }) => flow === dot.flow && status >= 500 === (dot.shape === SHAPE.diamond))
    .sort((a, b) => distance(a) - distance(b))[0];
}
