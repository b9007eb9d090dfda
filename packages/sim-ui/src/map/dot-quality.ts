/** Frames are judged over this time. */
const WINDOW_MS = 2000;
/** A median frame longer than this is slow. */
const SLOW_FRAME_MS = 40;
/** A pause between frames that is longer than this is no slow frame: nobody saw the page. */
const LONGEST_FRAME_MS = 1000;
const FEWEST_FRAMES = 5;

/** How the dots are drawn: thirty times a second, fifteen times, or not at all. */
export type DotQuality = 'full' | 'half' | 'still';

const WORSE: Readonly<Record<DotQuality, DotQuality>> = Object.freeze({ full: 'half', half: 'still', still: 'still' });

/** Judges whether a browser keeps up with the dots: two seconds of slow frames, and they become fewer. */
export class DotQualityJudge {
  #frames: number[] = [];
  #sum = 0;

  /**
   * @param milliseconds - since the frame before
   * @returns the quality from now on
   */
  judge(quality: DotQuality, milliseconds: number): DotQuality {
    if (milliseconds > LONGEST_FRAME_MS) {
      this.reset();
      return quality;
    }
    this.#frames.push(milliseconds);
    this.#sum += milliseconds;
    if (this.#sum < WINDOW_MS) return quality;
    const isSlow = this.#frames.length >= FEWEST_FRAMES && median(this.#frames) > SLOW_FRAME_MS;
    this.reset();
    return isSlow ? WORSE[quality] : quality;
  }

  /** Begins a new window. */
  reset(): void {
    this.#frames = [];
    this.#sum = 0;
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
