import type { Box } from './box.ts';

type Direction = 'left' | 'right' | 'up' | 'down';

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Moves the focus from one box of the map to the next in the direction of an arrow key. */
export function moveFocus(event: KeyboardEvent, boxes: readonly Box[]): void {
  const direction = KEYS[event.key];
  const from = boxes.find(({ id }) => id === (event.target as HTMLElement).dataset.id);
  const to = direction && from && neighbour(boxes, from, direction);
  if (!to) return;
  event.preventDefault();
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-id="${CSS.escape(to.id)}"]`)?.focus();
}

/** The box that stands next to another one: up and down in its own column, left and right in the nearest one with boxes. */
export function neighbour(boxes: readonly Box[], from: Box, direction: Direction): Box | undefined {
  const forward = direction === 'right' || direction === 'down';
  if (direction === 'up' || direction === 'down') {
    const column = boxes.filter((box) => box.x === from.x && (forward ? box.y > from.y : box.y < from.y));
    return nearest(column, ({ y }) => Math.abs(y - from.y));
  }
  const others = boxes.filter((box) => box.column !== from.column && (forward ? box.x > from.x : box.x < from.x));
  const column = nearest(others, ({ x }) => Math.abs(x - from.x))?.column;
  return nearest(
    others.filter((box) => box.column === column),
    ({ y, height }) => Math.abs(y + height / 2 - from.y - from.height / 2),
  );
}

function nearest(boxes: readonly Box[], distance: (box: Box) => number): Box | undefined {
  return [...boxes].sort((a, b) => distance(a) - distance(b))[0];
}
