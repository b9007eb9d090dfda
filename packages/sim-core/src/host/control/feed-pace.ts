import type { ViewDelta } from '../../index.ts';
import type { TraceSample } from '../../wire.ts';

type FlowCount = ViewDelta['flows'][number];

/** Most samples that wait for the next message of a pace. */
const MOST_SAMPLES = 100;

/** What a reader who hears less often than every tick is told the next time: totals that changed, samples, no doubles. */
export class FeedPace {
  readonly #flows = new Map<number, FlowCount>();
  #samples: TraceSample[] = [];
  #isNews = false;

  add({ flows, samples }: ViewDelta, isNews: boolean): void {
    for (const flow of flows) this.#flows.set(flow[0], flow);
    this.#samples = [...this.#samples, ...samples].slice(-MOST_SAMPLES);
    this.#isNews ||= isNews;
  }

  /** Everything since the last call. */
  take(): { flows: FlowCount[]; samples: TraceSample[]; isNews: boolean } {
    const taken = { flows: [...this.#flows.values()], samples: this.#samples, isNews: this.#isNews };
    this.clear();
    return taken;
  }

  clear(): void {
    this.#flows.clear();
    this.#samples = [];
    this.#isNews = false;
  }
}
