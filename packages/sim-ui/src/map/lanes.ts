import type { Slot } from './slots.ts';
import type { Lane } from './topology.ts';

/** How the pods of a lane are drawn: two lines each, one line each, or all of them in one block. */
export type PodVariant = 'full' | 'compact' | 'block';

/** A lane with its height, `top` counted from the first lane's. */
export interface PlacedLane {
  readonly lane?: Lane;
  readonly slots: readonly Slot[];
  readonly variant: PodVariant;
  readonly top: number;
  readonly height: number;
}

/** More pods than this in one Service are a block from the start. */
const MOST_PODS = 12;
/** Heights in units of text. */
const POD_HEIGHT = { full: 3.2, compact: 2 };
const POD_GAP = { full: 0.5, compact: 0.35 };
const BLOCK_HEIGHT = 5.6;
const SERVICE_HEIGHT = 5.2;
const LANE_GAP = 0.9;
/** Lanes stand at most this far apart, however much room there is. */
const WIDEST_GAP = 4.6;

export interface LaneInput {
  readonly lane?: Lane;
  readonly slots: readonly Slot[];
}

/**
 * Heights of the lanes in a given room. While they do not fit, the tallest lane is drawn smaller; in the end the map is
 * higher than the room, and scrolls.
 */
export function placeLanes(inputs: readonly LaneInput[], unit: number, room: number): PlacedLane[] {
  const variants = inputs.map(({ slots }): PodVariant => (slots.length > MOST_PODS ? 'block' : 'full'));
  const heights = (): number[] => inputs.map((input, i) => heightOf(input, variants[i] ?? 'full') * unit);
  while (total(heights(), unit * LANE_GAP) > room) {
    const tallest = shrinkable(inputs, variants);
    if (tallest < 0) break;
    variants[tallest] = variants[tallest] === 'full' ? 'compact' : 'block';
  }
  return stack(inputs, variants, heights(), unit, room);
}

function stack(
  inputs: readonly LaneInput[],
  variants: readonly PodVariant[],
  heights: readonly number[],
  unit: number,
  room: number,
): PlacedLane[] {
  const spare = room - total(heights, 0);
  const gap = Math.max(LANE_GAP * unit, Math.min(WIDEST_GAP * unit, spare / (inputs.length + 1)));
  let top = Math.max(0, (room - total(heights, gap)) / 2);
  return inputs.map((input, i) => {
    const height = heights[i] ?? 0;
    const placed = { ...input, variant: variants[i] ?? 'full', top, height };
    top += height + gap;
    return placed;
  });
}

function heightOf({ lane, slots }: LaneInput, variant: PodVariant): number {
  const least = lane ? SERVICE_HEIGHT : 0;
  return Math.max(least, podsHeight(slots.length, variant));
}

/** Height of all pods of a lane, in units. */
export function podsHeight(count: number, variant: PodVariant): number {
  if (count === 0) return 0;
  if (variant === 'block') return BLOCK_HEIGHT;
  return count * POD_HEIGHT[variant] + (count - 1) * POD_GAP[variant];
}

/** Top and height of one pod inside its lane's pods, in units. */
export function podPlace(index: number, variant: 'full' | 'compact'): { top: number; height: number } {
  return { top: index * (POD_HEIGHT[variant] + POD_GAP[variant]), height: POD_HEIGHT[variant] };
}

function total(heights: readonly number[], gap: number): number {
  return heights.reduce((sum, height) => sum + height, 0) + gap * Math.max(0, heights.length - 1);
}

/** Index of the lane that gains most from being drawn smaller, or -1. */
function shrinkable(inputs: readonly LaneInput[], variants: readonly PodVariant[]): number {
  const gains = inputs.map((input, i) => {
    const variant = variants[i] ?? 'full';
    const next = variant === 'full' ? 'compact' : 'block';
    return variant === 'block' ? 0 : heightOf(input, variant) - heightOf(input, next);
  });
  const most = Math.max(...gains);
  return most > 0 ? gains.indexOf(most) : -1;
}
