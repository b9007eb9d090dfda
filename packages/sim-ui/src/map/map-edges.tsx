import type { Page } from '../app/page.ts';
import type { MapRates, Rate } from './edge-rates.ts';
import { edgeLine } from './edge-shape.ts';
import type { MapLayout } from './layout.ts';
import type { MapEdge, Role } from './topology.ts';

/** Zones behind the columns: whose machines a request is on. */
const ZONES = [
  { key: 'map.outside', first: 0, last: 0 },
  { key: 'map.cloud', first: 1, last: 1 },
  { key: 'map.cluster', first: 2, last: 7 },
] as const;

/** The lines between the boxes; as wide as their traffic, coloured by who gets it. */
export function MapEdges({ page }: { page: Page }) {
  const layout = page.derived.layout.value;
  return (
    <svg class="map__edges" width={layout.width} height={layout.height} aria-hidden="true">
      {ZONES.map(({ key, ...zone }) => (
        <Zone key={key} layout={layout} label={page.words.t(key)} {...zone} />
      ))}
      <Edges page={page} />
    </svg>
  );
}

function Zone({ layout, label, first, last }: { layout: MapLayout; label: string; first: number; last: number }) {
  const [from, to] = [layout.columns[first], layout.columns[last]];
  if (!from || !to) return null;
  const reach = Math.min(layout.gap * 0.3, 12);
  const width = to.x + to.width - from.x + 2 * reach;
  return (
    <>
      <rect class="map__zone" x={from.x - reach} y={4} width={width} height={layout.height - 8} rx={10} />
      <text class="map__zonename" x={from.x - reach + width / 2} y={layout.height - 12}>
        {label}
      </text>
    </>
  );
}

function Edges({ page }: { page: Page }) {
  const { layout, edges, mapRates, lit } = page.derived;
  const { byId, gap } = layout.value;
  return (
    <g>
      {allEdges(edges.value, mapRates.value).map(({ id, from, to, role, state }) => {
        const [a, b] = [byId.get(from), byId.get(to)];
        if (!a || !b) return null;
        const rate = mapRates.value.edges.get(id);
        const shown = lit.value ? (lit.value.edges.has(id) ? 'lit' : 'dim') : undefined;
        const d = edgeLine(a, b, gap);
        return (
          <g key={id} class="edge" data-role={rate ? roleOf(rate) : role} data-state={state} data-shown={shown}>
            {rate && <path class="edge__band" d={d} stroke-width={bandWidth(rate.perSecond)} />}
            <path class="edge__line" d={d} />
            {state === 'dead' && <DeadEnd x={b.x} y={b.y + b.height / 2} />}
          </g>
        );
      })}
    </g>
  );
}

function DeadEnd({ x, y }: { x: number; y: number }) {
  return <path class="edge__end" d={`M${x - 13} ${y}l6 -6l6 6l-6 6z`} />;
}

/** What is configured, and whatever else requests really took. */
function allEdges(configured: ReadonlyMap<string, MapEdge>, rates: MapRates): MapEdge[] {
  const others = [...rates.edges].filter(([id]) => !configured.has(id));
  return [
    ...configured.values(),
    ...others.map(([id, { from, to }]): MapEdge => ({ id, from, to, role: 'plain', state: 'ready' })),
  ];
}

function roleOf({ perSecond, canaryPerSecond }: Rate): Role {
  if (canaryPerSecond === 0) return 'main';
  return canaryPerSecond > perSecond * 0.999 ? 'canary' : 'plain';
}

/** Ten times the traffic, the same step wider. */
function bandWidth(perSecond: number): number {
  return 3 + 4 * Math.log10(1 + perSecond);
}
