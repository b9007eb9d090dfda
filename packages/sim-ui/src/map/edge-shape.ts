import type { Box } from './box.ts';

/** Steps of a path at equal distances, for dots that move evenly: x and y by turns. */
export type Track = Float32Array;

/** Intervals between the points of a track. */
export const TRACK_STEPS = 24;
/** Finer points that the equal distances are measured on. */
const FINE_STEPS = 96;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The curve between two boxes, from the right side of one to the left side of the next, and where it bends. */
interface Curve {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

/** The `d` of the visible part of an edge. */
export function edgeLine(from: Box, to: Box, gap: number): string {
  const { from: a, bend, to: b } = curveOf(from, to, gap);
  const middle = (a.x + bend.x) / 2;
  const curve = `M${n(a.x)} ${n(a.y)}C${n(middle)} ${n(a.y)} ${n(middle)} ${n(bend.y)} ${n(bend.x)} ${n(bend.y)}`;
  return b.x > bend.x + 1 ? `${curve}H${n(b.x)}` : curve;
}

/** From the centre of one box to the centre of the next, by the visible line. */
export function edgeTrack(from: Box, to: Box, gap: number): Track {
  const { from: a, bend, to: b } = curveOf(from, to, gap);
  const middle = (a.x + bend.x) / 2;
  const points: Point[] = [{ x: from.x + from.width / 2, y: a.y }];
  for (let i = 0; i <= FINE_STEPS; i++) {
    const t = i / FINE_STEPS;
    points.push({ x: cubic(a.x, middle, middle, bend.x, t), y: cubic(a.y, a.y, bend.y, bend.y, t) });
  }
  points.push(b, { x: to.x + to.width / 2, y: b.y });
  return evenly(points);
}

/** The bend lies in the gap behind the first box, so that a long edge runs level past the columns it skips. */
function curveOf(from: Box, to: Box, gap: number): Curve {
  const a = { x: from.x + from.width, y: from.y + from.height / 2 };
  const b = { x: to.x, y: to.y + to.height / 2 };
  return { from: a, bend: { x: Math.min(b.x, a.x + gap), y: b.y }, to: b };
}

function cubic(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const u = 1 - t;
  return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

/** Points at equal distances along a line of points. */
function evenly(points: readonly Point[]): Track {
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!;
    const b = points[i]!;
    lengths.push(lengths[i - 1]! + Math.hypot(b.x - a.x, b.y - a.y));
  }
  const whole = lengths.at(-1) ?? 0;
  const track = new Float32Array(2 * (TRACK_STEPS + 1));
  let segment = 1;
  for (let step = 0; step <= TRACK_STEPS; step++) {
    const distance = (whole * step) / TRACK_STEPS;
    while (segment < points.length - 1 && lengths[segment]! < distance) segment += 1;
    const start = lengths[segment - 1]!;
    const part = (distance - start) / (lengths[segment]! - start || 1);
    const a = points[segment - 1]!;
    const b = points[segment]!;
    track[2 * step] = a.x + (b.x - a.x) * part;
    track[2 * step + 1] = a.y + (b.y - a.y) * part;
  }
  return track;
}

/** A coordinate as text; tenths of a pixel are enough. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
