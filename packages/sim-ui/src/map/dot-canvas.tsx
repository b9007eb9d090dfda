import { useEffect, useRef } from 'preact/hooks';
import { openTrace } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { DotPainter } from './dot-painter.ts';
import { sampleFor } from './dot-sample.ts';

/** A dot is hit within this distance, in CSS pixels. */
const REACH = 14;

/** The layer of dots, between the lines and the boxes; a click on a dot explains its request. */
export function DotCanvas({ page }: { page: Page }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = page.derived.layout.value;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const painter = new DotPainter(element, page);
    painter.start();
    return () => painter.stop();
  }, [page]);
  return (
    // Everything that a dot can tell, the list of requests tells as well.
    <canvas
      ref={canvas}
      class="map__dots"
      style={{ inlineSize: `${width}px`, blockSize: `${height}px` }}
      onClick={(event) => explainDot(page, event.offsetX, event.offsetY)}
    />
  );
}

function explainDot(page: Page, x: number, y: number): void {
  const dot = page.dots.nearest(x, y, REACH);
  if (!dot) return;
  const sample = sampleFor(dot, page.live.samples, (one) => page.live.arrivalOf(one));
  if (sample) void openTrace(page, sample.id);
}
