import type { FlowStep } from '../state/live-cluster.ts';
import { type DotScale, DotShare, nextScale } from './dot-scale.ts';
import { TRACK_STEPS, type Track } from './edge-shape.ts';

export const MOST_DOTS = 200;
/** From the middle of one box to the middle of the next, whatever the distance: length must not read as latency. */
export const HOP_MS = 700;
/** Requests of one message set off spread over this, as they came. */
const BUCKET_MS = 100;
/** Longest time between two steps that counts: behind a freeze the dots go on where they were. */
const LONGEST_STEP_MS = 100;
/** Without a step for so long the field rests. */
const RESTING_MS = 500;
/** A failed request stays where it ended, to be seen. */
const ERROR_STAYS_MS = 1400;

/** Steps that wait for their way to be drawn. */
const MOST_WAITING = 64;

export const SHAPE = { circle: 0, square: 1, diamond: 2 } as const;

/** Something of each flow, by its id. */
export type ByFlow<T> = Pick<ReadonlyMap<number, T>, 'get' | 'has'>;

/** The way of one flow over the map. */
export interface Way {
  readonly tracks: readonly Track[];
  readonly canary: boolean;
}

/** A dot as it is now, in CSS pixels of the map. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly shape: number;
  readonly flow: number;
  /** When its request was counted, in milliseconds of the page's clock. */
  readonly bornAt: number;
}

/**
 * The dots that are under way: at most 200, in typed arrays, each a sample of requests that were really counted on its
 * way. Knows no canvas and no clock.
 */
export class DotField {
  readonly #random: () => number;
  readonly #flow = new Int32Array(MOST_DOTS);
  readonly #bornAt = new Float64Array(MOST_DOTS);
  /** Milliseconds under way, freezes left out; negative until it sets off. */
  readonly #age = new Float64Array(MOST_DOTS);
  readonly #shape = new Uint8Array(MOST_DOTS);
  /** How many have set off, by shape. */
  readonly #launched = [0, 0, 0];
  #count = 0;
  #waiting: { readonly step: FlowStep; readonly at: number }[] = [];
  #ways: ByFlow<Way> = new Map();
  readonly #fine = new Map<number, DotShare>();
  readonly #failed = new Map<number, DotShare>();
  #scale: DotScale = { requests: 1 };
  #perSecond = 0;
  #steppedAt = Number.NEGATIVE_INFINITY;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Requests that one dot stands for. */
  get requestsPerDot(): number {
    return this.#scale.requests;
  }

  /** How many dots have set off so far, by shape. */
  get launched(): readonly number[] {
    return this.#launched;
  }

  get alive(): number {
    return this.#count;
  }

  /** New places of the ways; dots whose way is gone disappear, the others follow. */
  setWays(ways: ByFlow<Way>): void {
    this.#ways = ways;
    this.#keep((i) => ways.has(this.#flow[i]!));
    for (const shares of [this.#fine, this.#failed])
      for (const flow of shares.keys()) if (!ways.has(flow)) shares.delete(flow);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { step, at } of waiting) if (ways.has(step.flow)) this.#setOff(step, at);
  }

  /** Lets the requests of one message set off; none do while nobody calls {@link step}, in a frozen view or a hidden tab. */
  count(steps: readonly FlowStep[], now: number): void {
    const total = steps.reduce((sum, { count }) => sum + count, 0);
    this.#perSecond += (total * (1000 / BUCKET_MS) - this.#perSecond) * 0.3;
    this.#scale = nextScale(this.#scale, this.#perSecond, now);
    if (now - this.#steppedAt > RESTING_MS) return;
    for (const step of steps) {
      // A way is drawn a moment after its first request was counted, and that may be the one that failed.
      if (this.#ways.has(step.flow)) this.#setOff(step, now);
      else if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ step, at: now });
    }
  }

  #setOff({ flow, count, errors }: FlowStep, now: number): void {
    const { requests } = this.#scale;
    const fine = this.#shareOf(this.#fine, flow).take(count - errors, requests);
    this.#launch(flow, fine, this.#ways.get(flow)?.canary ? SHAPE.square : SHAPE.circle, now);
    // Errors are never sampled away: a message with one shows at least one.
    const failed = errors === 0 ? 0 : Math.max(1, this.#shareOf(this.#failed, flow).take(errors, requests));
    this.#launch(flow, failed, SHAPE.diamond, now);
  }

  #shareOf(shares: Map<number, DotShare>, flow: number): DotShare {
    let share = shares.get(flow);
    if (share === undefined) {
      share = new DotShare(this.#random());
      shares.set(flow, share);
    }
    return share;
  }

  /** Moves on to now, by at most a moment after a freeze, and forgets dots that have arrived. */
  step(now: number): void {
    const passed = Math.min(now - this.#steppedAt, LONGEST_STEP_MS);
    this.#steppedAt = now;
    for (let i = 0; i < this.#count; i++) this.#age[i]! += passed;
    this.#keep((i) => this.#age[i]! < this.#lifetime(i));
  }

  clear(): void {
    this.#count = 0;
  }

  /** Calls back with the place of every dot that has set off. */
  visit(see: (x: number, y: number, shape: number, index: number) => void): void {
    for (let i = 0; i < this.#count; i++) {
      const tracks = this.#ways.get(this.#flow[i]!)?.tracks;
      const age = this.#age[i]!;
      if (!tracks || tracks.length === 0 || age < 0) continue;
      const hop = Math.min(tracks.length - 1, Math.floor(age / HOP_MS));
      const part = Math.min(1, age / HOP_MS - hop) * TRACK_STEPS;
      const step = Math.min(TRACK_STEPS - 1, Math.floor(part));
      const track = tracks[hop]!;
      const ahead = part - step;
      const x = track[2 * step]! + (track[2 * step + 2]! - track[2 * step]!) * ahead;
      const y = track[2 * step + 1]! + (track[2 * step + 3]! - track[2 * step + 1]!) * ahead;
      see(x, y, this.#shape[i]!, i);
    }
  }

  /** The dot nearest to a point, within a distance; errors first, because they are rare. */
  nearest(x: number, y: number, within: number): Dot | undefined {
    let best: Dot | undefined;
    let bestScore = Number.POSITIVE_INFINITY;
    this.visit((dotX, dotY, shape, i) => {
      const distance = Math.hypot(dotX - x, dotY - y);
      const score = distance - (shape === SHAPE.diamond ? within : 0);
      if (distance > within || score >= bestScore) return;
      bestScore = score;
      best = { x: dotX, y: dotY, shape, flow: this.#flow[i]!, bornAt: this.#bornAt[i]! };
    });
    return best;
  }

  #launch(flow: number, count: number, shape: number, now: number): void {
    for (let i = 0; i < count; i++) {
      const place = this.#count < MOST_DOTS ? this.#count++ : shape === SHAPE.diamond ? this.#placeOfAnother() : -1;
      if (place < 0) return;
      this.#launched[shape]! += 1;
      this.#flow[place] = flow;
      this.#shape[place] = shape;
      this.#bornAt[place] = now;
      this.#age[place] = -this.#random() * BUCKET_MS;
    }
  }

  /** Room for an error in a full field: a dot that is no error gives way. */
  #placeOfAnother(): number {
    return this.#shape.findIndex((shape) => shape !== SHAPE.diamond);
  }

  #lifetime(i: number): number {
    const hops = this.#ways.get(this.#flow[i]!)?.tracks.length ?? 0;
    return hops * HOP_MS + (this.#shape[i] === SHAPE.diamond ? ERROR_STAYS_MS : 0);
  }

  #keep(wanted: (i: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      if (!wanted(i)) continue;
      this.#flow[kept] = this.#flow[i]!;
      this.#bornAt[kept] = this.#bornAt[i]!;
      this.#age[kept] = this.#age[i]!;
      this.#shape[kept] = this.#shape[i]!;
      kept += 1;
    }
    this.#count = kept;
  }
}
