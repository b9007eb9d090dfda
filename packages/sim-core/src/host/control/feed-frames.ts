import type { FeedMessage } from '../../wire.ts';
import type { ViewDelta } from './engine.ts';

/** What one tick sends: every text is made once, for all clients. */
export interface Tick {
  /** Must not be lost: changes of objects, new ways through the map, events. */
  readonly lossless: readonly string[];
  readonly metrics: string | undefined;
  /** Metrics since the last slow tick, for clients that fall behind; on slow ticks only. */
  readonly slowMetrics: string | undefined;
  readonly samples: string | undefined;
}

type Sent<T extends FeedMessage['t']> = Omit<Extract<FeedMessage, { t: T }>, 'seq' | 't'>;
type FlowCounts = Extract<FeedMessage, { t: 'm' }>['flows'];

/** Most that is remembered for clients that come back, in frames and characters. */
const KEPT_FRAMES = 1000;
const KEPT_CHARACTERS = 2_000_000;

/** Turns what changed into numbered frames, and remembers those that must not be lost for a while. */
export class FeedFrames {
  #seq = 0;
  readonly #history: { seq: number; text: string }[] = [];
  #characters = 0;
  /** Number of the newest frame that must not be lost and is forgotten. */
  #forgotten = 0;
  #unchanged = '';
  readonly #slowFlows = new Map<number, FlowCounts[number]>();

  /** Number of the newest frame. */
  get seq(): number {
    return this.#seq;
  }

  /**
   * @param isSlow whether metrics for slow clients are due
   * @param isDue whether metrics are sent even when they say nothing new
   */
  build(delta: ViewDelta, { isSlow, isDue }: { isSlow: boolean; isDue: boolean }): Tick {
    const lossless = this.#lossless(delta);
    for (const flow of delta.flows) this.#slowFlows.set(flow[0], [...flow]);
    const { samples } = delta;
    return {
      lossless,
      metrics: this.#isNews(delta) || isDue ? this.#metrics(delta, delta.flows) : undefined,
      slowMetrics: isSlow ? this.#slowMetrics(delta) : undefined,
      samples: samples.length > 0 ? this.#frame('tr', { items: [...samples] }) : undefined,
    };
  }

  /** Frames that must not be lost and came after `seq`; undefined when they are forgotten. */
  after(seq: number): string[] | undefined {
    if (seq < this.#forgotten || seq > this.#seq) return undefined;
    return this.#history.filter((frame) => frame.seq > seq).map(({ text }) => text);
  }

  /** Nobody can come back to what was before: the frames up to now are forgotten. */
  forgetAll(): void {
    this.#history.length = 0;
    this.#characters = 0;
    this.#slowFlows.clear();
    this.#forgotten = ++this.#seq;
  }

  #lossless({ prevRev, rev, ops, findings, cost, files, newFlows, events }: ViewDelta): string[] {
    const frames: string[] = [];
    if (rev !== prevRev || ops.length > 0 || (findings ?? cost ?? files) !== undefined) {
      const d: Sent<'d'> = {
        prevRev,
        rev,
        ops: [...ops],
        ...(findings && { findings: [...findings] }),
        ...(cost && { cost }),
        ...(files && { files }),
      };
      frames.push(this.#keep(this.#frame('d', d)));
    }
    if (newFlows.length > 0) frames.push(this.#keep(this.#frame('flow', { flows: [...newFlows] })));
    if (events.length > 0) frames.push(this.#keep(this.#frame('ev', { items: [...events] })));
    return frames;
  }

  /** Whether metrics say anything but what time it is. */
  #isNews({ flows, split, load, status }: ViewDelta): boolean {
    const text = JSON.stringify([split, load, { ...status, now: 0 }]);
    const isNews = flows.length > 0 || text !== this.#unchanged;
    this.#unchanged = text;
    return isNews;
  }

  #slowMetrics(delta: ViewDelta): string {
    const text = this.#metrics(delta, [...this.#slowFlows.values()]);
    this.#slowFlows.clear();
    return text;
  }

  #metrics({ split, load, status }: ViewDelta, flows: ViewDelta['flows']): string {
    return this.#frame('m', { ts: status.now, flows: flows as FlowCounts, split: [...split], load: [...load], status });
  }

  #frame<T extends 'd' | 'm' | 'flow' | 'tr' | 'ev'>(t: T, body: Sent<T>): string {
    return JSON.stringify({ t, seq: ++this.#seq, ...body });
  }

  #keep(text: string): string {
    this.#history.push({ seq: this.#seq, text });
    this.#characters += text.length;
    while (this.#history.length > KEPT_FRAMES || this.#characters > KEPT_CHARACTERS) {
      const oldest = this.#history.shift();
      if (oldest === undefined) break;
      this.#characters -= oldest.text.length;
      this.#forgotten = oldest.seq;
    }
    return text;
  }
}
