import type { SplitCounter } from '../ingress-nginx/nginx/split-counters.ts';
import type { TimelineMark } from '../wire.ts';
import { splitRow } from './split-rows.ts';

/** Notices when the sample of a split ends, and keeps what it had counted. */
export class SplitHistory {
  #known = new Map<string, SplitCounter>();

  /** Marks for samples that ended since the last look, each with its last counts. */
  look(counters: readonly SplitCounter[]): TimelineMark[] {
    const before = this.#known;
    this.#known = new Map(counters.map((counter) => [`${counter.host} ${counter.path}`, counter]));
    return [...before].flatMap(([key, old]): TimelineMark[] => {
      const now = this.#known.get(key);
      return now === old ? [] : [{ kind: 'weight', text: wordsOf(old, now), sample: splitRow(old) }];
    });
  }
}

function wordsOf(old: SplitCounter, now: SplitCounter | undefined): string {
  if (now === undefined) return `Ingress ${old.canaryIngress} is no canary any more`;
  if (now.weight === old.weight && now.weightTotal === old.weightTotal)
    return `Rules of ${now.canaryIngress} changed: a new sample`;
  const total = now.weightTotal === 100 && old.weightTotal === 100 ? '' : ` of ${now.weightTotal}`;
  return `Weight of ${now.canaryIngress} ${old.weight} → ${now.weight}${total}`;
}
