import type { WireIngress, WireLoadBalancer, WireNode, WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Column, ColumnName } from './columns.ts';
import { spread } from './spread.ts';
import type { Lane } from './topology.ts';

/** What a box stands for. */
export type Subject =
  | { readonly kind: 'client' }
  | { readonly kind: 'load-balancer'; readonly balancer: WireLoadBalancer }
  | { readonly kind: 'cost' }
  | { readonly kind: 'node'; readonly node: WireNode }
  | { readonly kind: 'controller'; readonly pod: WirePod }
  | { readonly kind: 'no-load-balancer' }
  | { readonly kind: 'no-controller' }
  | { readonly kind: 'rule'; readonly ingress: WireIngress }
  | { readonly kind: 'service'; readonly lane: Lane }
  | { readonly kind: 'endpoints'; readonly lane: Lane }
  | {
      readonly kind: 'pod';
      readonly pod: WirePod;
      readonly lane?: Lane;
      readonly variant: 'full' | 'compact' | 'leaving';
    }
  | { readonly kind: 'pods'; readonly lane?: Lane; readonly pods: readonly WirePod[] };

/** Cluster time at which the address of a load balancer is expected; undefined where nobody waits for one. */
export function awaitedAt({ state, readyAt }: WireLoadBalancer): number | undefined {
  return state === 'pending' ? readyAt : undefined;
}

/** A box of the map with its place, in CSS pixels from the map's upper left corner. */
export interface Box {
  readonly id: string;
  readonly subject: Subject;
  readonly column: ColumnName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Too low for more than one line. */
  readonly isTight?: boolean;
}

/** Heights in units of text. */
export const HEIGHT = {
  client: 5.2,
  balancer: 6.4,
  /** With a button below its text. */
  awaited: 9,
  cost: 2.9,
  comparison: 4.4,
  nothing: 3.4,
  node: 4.3,
  controller: 4.4,
  rule: 4.6,
  service: 5.2,
  endpoints: 3.3,
} as const;
/** Least room between two boxes of a column, in units of text. */
export const GAP = 0.9;

/** A box that wants to be centred at a height; `height` in units of text. */
export interface Request {
  readonly id: string;
  readonly subject: Subject;
  readonly centre: number;
  readonly height: number;
}

export type Place = (name: ColumnName, requests: readonly Request[]) => Box[];

/** A box that is lower than this, in units of text, has room for one line. */
const TIGHT = 3.1;
const LOWEST = 1.8;

/** Fills one column: every box near its wished centre, none over another, all of them lower when they are too many. */
export function placer(columns: readonly Column[], unit: number, top: number, bottom: number): Place {
  return (name, requests) => {
    const column = columns.find((one) => one.name === name);
    if (!column) return [];
    const squeeze = squeezeFor(requests, (bottom - top) / unit);
    const heights = requests.map(({ height }) => Math.max(LOWEST, height * squeeze));
    const wishes = requests.map(({ centre }, i) => ({ centre, size: (heights[i] ?? 0) * unit }));
    const starts = spread(wishes, GAP * squeeze * unit, top, bottom);
    return requests.map(({ id, subject }, i) => ({
      id,
      subject,
      column: name,
      x: column.x,
      y: starts[i] ?? top,
      width: column.width,
      height: (heights[i] ?? 0) * unit,
      isTight: (heights[i] ?? 0) < TIGHT && squeeze < 1,
    }));
  };
}

/** By how much a column has to be lower to fit its room; 1 when it fits as it is. */
function squeezeFor(requests: readonly Request[], room: number): number {
  const wanted = requests.reduce((sum, { height }) => sum + height + GAP, -GAP);
  return wanted <= room ? 1 : room / wanted;
}

export function middleOfBox({ y, height }: Box): number {
  return y + height / 2;
}
