import type { RequestTrace } from '@k8s-ingress-sandbox/sim-core/wire';
import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import { formatCount } from '../words/numbers.ts';
import { edgeTrack } from './edge-shape.ts';
import { Glyph } from './glyph.tsx';
import type { MapLayout } from './layout.ts';
import { wayOf } from './lit.ts';

/** From box to box, slowly enough for an eye. */
const HOP_MS = 1200;
const STAYS_MS = 1500;

/** One request, large and labelled, hop by hop over the map. */
export function Hero({ page }: { page: Page }) {
  const replay = page.view.replay.value;
  const open = page.view.trace.value;
  if (!replay || open?.phase !== 'shown' || open.id !== replay.id) return null;
  return <Flight key={replay.round} page={page} trace={open.trace} />;
}

function Flight({ page, trace }: { page: Page; trace: RequestTrace }) {
  const element = useRef<HTMLDivElement>(null);
  const { layout, topology } = page.derived;
  const frames = framesOf(wayOf(trace, topology.value, layout.value.blockOf), layout.value);
  const hops = Math.max(1, Math.round((frames.length - 1) / POINTS));
  const duration = hops * HOP_MS;
  // It flies once: a layout that changes meanwhile must not start it again.
  useEffect(() => {
    const flight = element.current?.animate(frames, { duration, fill: 'forwards' });
    const cancel = page.timers.after(duration + STAYS_MS, () => {
      page.view.replay.value = undefined;
    });
    return () => {
      flight?.cancel();
      cancel();
    };
  }, []);
  if (frames.length === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return null;
  const slower = Math.round(duration / Math.max(trace.milliseconds, 0.1));
  return (
    <div class="hero" ref={element} aria-hidden="true">
      <Glyph name={trace.status >= 500 ? 'error' : trace.isCanary ? 'canary' : 'main'} />
      <span class="hero__label">{page.words.t('map.slowed', { id: trace.id, times: formatCount(slower) })}</span>
    </div>
  );
}

/** Points of a track that are used. */
const POINTS = 12;

function framesOf(way: readonly string[], { byId, gap }: MapLayout): Keyframe[] {
  const boxes = way.flatMap((id) => byId.get(id) ?? []);
  return boxes.slice(1).flatMap((to, i) => {
    const track = edgeTrack(boxes[i]!, to, gap);
    const first = i === 0 ? 0 : 1;
    return Array.from({ length: POINTS + 1 - first }, (_, k) => {
      const point = 2 * (2 * (k + first));
      return { transform: `translate(${track[point]}px, ${track[point + 1]}px)` };
    });
  });
}
