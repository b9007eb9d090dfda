/** A callback that waits for its moment. */
interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/**
 * Timers in time order; equal times run in the order in which they were set, so that a run with the same
 * inputs is the same run. A binary heap: thousands of probes are set and cancelled in a large cluster.
 */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #order = 0;

  /** Moment of the earliest live timer in milliseconds, or undefined when nothing waits. */
  nextAt(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.at;
  }

  /** Runs `run` at `at`; the returned function cancels it. */
  add(at: number, run: () => void): () => void {
    const timer: Timer = { at, order: this.#order++, run };
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
    return () => {
      timer.run = undefined;
    };
  }

  /** Takes the earliest timer that is due at `now`, if there is one. */
  takeDue(now: number): { run: () => void } | undefined {
    this.#dropCancelled();
    const first = this.#heap[0];
    if (first === undefined || first.at > now || first.run === undefined) return undefined;
    const due = { run: first.run };
    this.#removeFirst();
    return due;
  }

  #dropCancelled(): void {
    while (this.#heap.length > 0 && this.#heap[0]?.run === undefined) this.#removeFirst();
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #up(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #down(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let first = index;
      if (left < this.#heap.length && this.#before(left, first)) first = left;
      if (right < this.#heap.length && this.#before(right, first)) first = right;
      if (first === index) return;
      this.#swap(index, first);
      index = first;
    }
  }

  #before(a: number, b: number): boolean {
    const x = this.#heap[a] as Timer;
    const y = this.#heap[b] as Timer;
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  #swap(a: number, b: number): void {
    const x = this.#heap[a] as Timer;
    this.#heap[a] = this.#heap[b] as Timer;
    this.#heap[b] = x;
  }
}
