import type { RandomStream } from '../../sim/random.ts';

/**
 * A range of numbers to hand out, in two bands: free numbers come from the upper one as long as it has any, so that the
 * lower one stays for those who name theirs (KEP-3070, reserved ranges).
 */
export interface Band {
  readonly first: number;
  readonly last: number;
  /** How many numbers at the start are kept for those who name theirs. */
  readonly reserved: number;
}

/** The size of the lower band: a sixteenth of the range within bounds, none of a small one (`calculateRangeOffset`). */
export function reservedSize(size: number, maximum: number): number {
  return size <= 32 ? 0 : Math.min(Math.max(16, Math.floor(size / 16)), maximum);
}

/** A free number: from a drawn place upwards, round the upper band, then the lower one. Undefined when all are taken. */
export function pick(band: Band, stream: RandomStream, isTaken: (value: number) => boolean): number | undefined {
  const start = band.first + band.reserved;
  const drawn = stream.integer(start, band.last);
  return (
    firstFree(drawn, band.last, isTaken) ??
    firstFree(start, drawn - 1, isTaken) ??
    firstFree(band.first, start - 1, isTaken)
  );
}

function firstFree(from: number, to: number, isTaken: (value: number) => boolean): number | undefined {
  for (let value = from; value <= to; value++) if (!isTaken(value)) return value;
  return undefined;
}
