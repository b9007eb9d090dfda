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

/** A box of the map with its place, in CSS pixels from the map's upper left corner. */
export interface Box {
  readonly id: string;
  readonly subject: Subject;
  readonly column: ColumnName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Heights in units of text. */
export const HEIGHT = {
  client: 5.2,
  balancer: 6.2,
  cost: 2.9,
  node: 3.3,
  controller: 4.7,
  rule: 4.7,
  service: 4.7,
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

/** Fills one column: every box near its wished centre, none over another. */
export function placer(columns: readonly Column[], unit: number, top: number, bottom: number): Place {
  return (name, requests) => {
    const column = columns.find((one) => one.name === name);
    if (!column) return [];
    const wishes = requests.map(({ centre, height }) => ({ centre, size: height * unit }));
    const starts = spread(wishes, GAP * unit, top, bottom);
    return requests.map(({ id, subject, height }, i) => ({
      id,
      subject,
      column: name,
      x: column.x,
      y: starts[i] ?? top,
      width: column.width,
      height: height * unit,
    }));
  };
}

export function middleOfBox({ y, height }: Box): number {
  return y + height / 2;
}
