import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import { LEAST_WIDTH } from './columns.ts';
import { DotCanvas } from './dot-canvas.tsx';
import { Hero } from './hero.tsx';
import { MapBoxes } from './map-boxes.tsx';
import { MapEdges } from './map-edges.tsx';
import { MapFooter } from './map-footer.tsx';
import { MapList } from './map-list.tsx';

/** The way of a request through the cluster, from left to right, and its equivalent as a list. */
export function ClusterMap({ page }: { page: Page }) {
  const { view } = page;
  const isList = view.mapForm.value === 'list';
  return (
    <section class="map" aria-label={page.words.t('map.region')} data-explaining={view.trace.value ? '' : undefined}>
      {isList ? <MapList page={page} /> : <MapPicture page={page} />}
      <MapFooter page={page} />
    </section>
  );
}

function MapPicture({ page }: { page: Page }) {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      page.view.mapSize.value = { width: width === 0 ? 0 : Math.max(width, LEAST_WIDTH), height };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [page]);
  return (
    <div class="map__room" ref={room} dir="ltr">
      <MapContent page={page} />
    </div>
  );
}

function MapContent({ page }: { page: Page }) {
  const { layout } = page.derived;
  const drawable = useComputed(() => layout.value.width > 0);
  if (!drawable.value) return null;
  const { width, height, unit } = layout.value;
  return (
    <div class="map__content" style={{ inlineSize: `${width}px`, blockSize: `${height}px`, fontSize: `${unit}px` }}>
      <MapEdges page={page} />
      <DotCanvas page={page} />
      <MapHeadings page={page} />
      <MapBoxes page={page} />
      <Hero page={page} />
    </div>
  );
}

function MapHeadings({ page }: { page: Page }) {
  const { columns } = page.derived.layout.value;
  return (
    <div class="map__headings" aria-hidden="true">
      {columns.map(({ name, x, width }) => (
        <span key={name} class="map__heading" style={{ insetInlineStart: `${x}px`, inlineSize: `${width}px` }}>
          {page.words.t(`column.${name}`)}
        </span>
      ))}
    </div>
  );
}
