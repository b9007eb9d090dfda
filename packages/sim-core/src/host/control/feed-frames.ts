import { losslessMessages, metricsMessage, type Unnumbered, type ViewDelta } from '../../index.ts';
import type { ControlView } from './engine.ts';
import { FeedPace } from './feed-pace.ts';

/** Metrics and samples of one tick, for readers of one rate. */
export interface Batch {
  readonly metrics: string | undefined;
  readonly samples: string | undefined;
  /** How many samples there are, for those who do not get them. */
  readonly sampleCount: number;
}

/** A frame that must not be lost, as text. */
export interface LosslessFrame {
  readonly seq: number;
  readonly control: string;
  /** Without what is its owner's: the text of the files, which may hold keys. */
  readonly viewer: string;
}

/** What one tick sends: every text is made once, for all clients. */
export interface Tick {
  /** Changes of objects, new ways through the map, events. */
  readonly lossless: readonly LosslessFrame[];
  readonly live: Batch;
  /** For viewers, on their ticks only: everything since their last one. */
  readonly viewer: Batch | undefined;
  /** For clients that fall behind, on their ticks only: metrics since their last one, and no samples. */
  readonly slow: Batch | undefined;
}

/** Which of the lower rates are due. */
export interface DueRates {
  readonly isSlow: boolean;
  readonly isViewer: boolean;
  /** Whether metrics are sent even when they say nothing new. */
  readonly isDue: boolean;
}

/** Most that is remembered for clients that come back, in frames and characters. */
const KEPT_FRAMES = 1000;
const KEPT_CHARACTERS = 2_000_000;

/** Turns what changed into numbered frames, and remembers those that must not be lost for a while. */
export class FeedFrames {
  #seq = 0;
  readonly #history: LosslessFrame[] = [];
  #characters = 0;
  /** Number of the newest frame that must not be lost and is forgotten. */
  #forgotten = 0;
  #unchanged = '';
  /** Revision of the last tick. */
  #rev = 0;
  readonly #slow = new FeedPace();
  readonly #viewer = new FeedPace();

  /** Number of the newest frame. */
  get seq(): number {
    return this.#seq;
  }

  build(delta: ViewDelta, due: DueRates): Tick {
    const lossless = losslessMessages(delta).map((message) => this.#keep(message));
    this.#rev = delta.rev;
    const isNews = this.#isNews(delta);
    for (const pace of [this.#slow, this.#viewer]) pace.add(delta, isNews);
    return {
      lossless,
      live: this.#batch(delta, { ...delta, isNews: isNews || due.isDue }),
      viewer: due.isViewer ? this.#viewerBatch(delta, due.isDue) : undefined,
      slow: due.isSlow ? this.#batch(delta, { ...this.#slow.take(), samples: [], isNews: true }) : undefined,
    };
  }

  /** Totals of every way, for a reader who missed some. */
  totals(view: ControlView): string {
    const { status, split, load, flows } = view.snapshot();
    const counts = flows.map(({ id, n, errors }) => [id, n, errors] as const);
    // What has changed since the last tick comes with the next one.
    const rev = Math.min(status.rev, this.#rev);
    return this.#number(metricsMessage({ split, load, status: { ...status, rev } }, counts));
  }

  /** Frames that must not be lost and came after `seq`; undefined when they are forgotten. */
  after(seq: number): LosslessFrame[] | undefined {
    if (seq < this.#forgotten || seq > this.#seq) return undefined;
    return this.#history.filter((frame) => frame.seq > seq);
  }

  /** Nobody can come back to what was before: the frames up to now are forgotten. */
  forgetAll(): void {
    this.#history.length = 0;
    this.#characters = 0;
    this.#slow.clear();
    this.#viewer.clear();
    this.#forgotten = ++this.#seq;
  }

  /** Whether metrics say anything but what time it is. */
  #isNews({ flows, split, load, status }: ViewDelta): boolean {
    const text = JSON.stringify([split, load, { ...status, now: 0 }]);
    const isNews = flows.length > 0 || text !== this.#unchanged;
    this.#unchanged = text;
    return isNews;
  }

  #viewerBatch(delta: ViewDelta, isDue: boolean): Batch {
    const { isNews, ...since } = this.#viewer.take();
    return this.#batch(delta, { ...since, isNews: isNews || isDue });
  }

  #batch(
    delta: ViewDelta,
    { flows, samples, isNews }: Pick<ViewDelta, 'flows' | 'samples'> & { isNews: boolean },
  ): Batch {
    return {
      metrics: isNews ? this.#number(metricsMessage(delta, flows)) : undefined,
      samples: samples.length > 0 ? this.#number({ t: 'tr', items: samples }) : undefined,
      sampleCount: samples.length,
    };
  }

  #number(message: Unnumbered<'m' | 'tr'>): string {
    return textOf(message, ++this.#seq);
  }

  #keep(message: ReturnType<typeof losslessMessages>[number]): LosslessFrame {
    const seq = ++this.#seq;
    const control = textOf(message, seq);
    const viewer = 'files' in message ? textOf({ ...message, files: undefined }, seq) : control;
    const frame = { seq, control, viewer };
    this.#history.push(frame);
    this.#characters += control.length;
    while (this.#history.length > KEPT_FRAMES || this.#characters > KEPT_CHARACTERS) {
      const oldest = this.#history.shift();
      if (oldest === undefined) break;
      this.#characters -= oldest.control.length;
      this.#forgotten = oldest.seq;
    }
    return frame;
  }
}

function textOf({ t, ...body }: { readonly t: string; readonly files?: unknown }, seq: number): string {
  return JSON.stringify({ t, seq, ...body });
}
