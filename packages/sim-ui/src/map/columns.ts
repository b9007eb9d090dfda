export type ColumnName = 'client' | 'load-balancer' | 'node' | 'controller' | 'rule' | 'service' | 'endpoints' | 'pods';

export interface Column {
  readonly name: ColumnName;
  readonly x: number;
  readonly width: number;
}

/** The way of a request from left to right, and how much room each station gets beside the others. */
const COLUMNS: readonly { name: ColumnName; share: number }[] = [
  { name: 'client', share: 0.58 },
  { name: 'load-balancer', share: 1.08 },
  { name: 'node', share: 0.84 },
  { name: 'controller', share: 0.94 },
  { name: 'rule', share: 1.24 },
  { name: 'service', share: 1.32 },
  { name: 'endpoints', share: 0.62 },
  { name: 'pods', share: 1.14 },
];

const SHARES = COLUMNS.reduce((sum, { share }) => sum + share, 0);

/** Sizes that the whole map hangs on, in CSS pixels. */
export interface Measures {
  /** Text size of a box; every height is a multiple of it. */
  readonly unit: number;
  /** Room between columns, where the dots are seen. */
  readonly gap: number;
  readonly margin: number;
}

/** A narrower room scrolls sideways. */
export const LEAST_WIDTH = 720;

export function measuresOf(width: number): Measures {
  return {
    unit: clamp(11, width / 86, 18),
    gap: clamp(18, width * 0.062 - 22, 72),
    margin: clamp(6, width * 0.013, 20),
  };
}

export function columnsOf(width: number): Column[] {
  const { gap, margin } = measuresOf(width);
  const room = width - 2 * margin - (COLUMNS.length - 1) * gap;
  let x = margin;
  return COLUMNS.map(({ name, share }) => {
    const column = { name, x, width: (room * share) / SHARES };
    x += column.width + gap;
    return column;
  });
}

function clamp(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
