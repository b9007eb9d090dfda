/** Something that wants to be centred at a height; `size` and the result's `start` are in the same unit. */
export interface Wish {
  readonly centre: number;
  readonly size: number;
}

/**
 * Places things in a column one below the other in the order given: each as near to its wished centre as the others
 * allow, never overlapping, inside `[top, bottom]` as long as they fit.
 *
 * @returns the start of each
 */
export function spread(wishes: readonly Wish[], gap: number, top: number, bottom: number): number[] {
  const starts: number[] = [];
  let free = top;
  for (const { centre, size } of wishes) {
    const start = Math.max(free, centre - size / 2);
    starts.push(start);
    free = start + size + gap;
  }
  let limit = bottom;
  for (let i = wishes.length - 1; i >= 0; i--) {
    const size = wishes[i]?.size ?? 0;
    starts[i] = Math.min(starts[i] ?? top, limit - size);
    limit = (starts[i] ?? top) - gap;
  }
  const lift = Math.min(0, (starts[0] ?? top) - top);
  return starts.map((start) => start - lift);
}

/** The middle of several heights; `otherwise` when there are none. */
export function middleOf(heights: readonly number[], otherwise: number): number {
  return heights.length === 0 ? otherwise : (Math.min(...heights) + Math.max(...heights)) / 2;
}
