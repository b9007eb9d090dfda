import type { WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Box } from './box.ts';

/** How a cell of a block looks. */
export type CellTone = 'ok' | 'pending' | 'leaving';

/** Side of a cell, room between two, and what a block's head and padding take, in units of text. */
const CELL = 0.62;
const GAP_PX = 2;
const HEAD = 2.1;
const PADDING = 1.5;

/** How many cells a block has room for. */
export function cellRoom({ width, height }: Pick<Box, 'width' | 'height'>, unit: number): number {
  const pitch = CELL * unit + GAP_PX;
  const columns = Math.max(1, Math.floor((width - PADDING * unit + GAP_PX) / pitch));
  const rows = Math.max(1, Math.floor((height - HEAD * unit + GAP_PX) / pitch));
  return columns * rows;
}

/**
 * The cells of a block: one for each pod while there is room, else each stands for several. What is not ready never
 * disappears: as long as there is one such pod, there is one such cell.
 */
export function blockCells(pods: readonly WirePod[], room: number): CellTone[] {
  const perCell = Math.max(1, Math.ceil(pods.length / room));
  const counts: Record<CellTone, number> = { ok: 0, pending: 0, leaving: 0 };
  for (const pod of pods) counts[toneOf(pod)] += 1;
  const cells = (tone: CellTone): CellTone[] => Array.from({ length: Math.ceil(counts[tone] / perCell) }, () => tone);
  return [...cells('ok'), ...cells('pending'), ...cells('leaving')].slice(-room);
}

function toneOf({ isReady, terminating }: WirePod): CellTone {
  if (terminating) return 'leaving';
  return isReady ? 'ok' : 'pending';
}
