import type { Page } from '../app/page.ts';
import type { MapRates, Rate } from './edge-rates.ts';
import { edgeLine } from './edge-shape.ts';
import type { MapLayout } from './layout.ts';
import { type Lit, litBy } from './lit.ts';
import { edgeId, type MapEdge, type Role, type Topology } from './topology.ts';

/** Zones behind the columns: whose machines a request is on. */
const ZONES = [
  { label: 'outside', first: 0, last: 0 },
  { label: 'cloud', first: 1, last: 1 },
  { label: 'Kubernetes cluster', first: 2, last: 7 },
] as const;

/** The lines between the boxes; as wide as their traffic, coloured by who gets it. */
export function MapEdges({ page }: { page: Page }) {
  const layout = page.derived.layout.value;
  const topology = page.derived.topology.value;
  const trace = page.view.trace.value;
  const lit = trace?.phase === 'shown' ? litBy(trace.trace, topology, layout.blockOf) : undefined;
  return (
    <svg class="map__edges" width={layout.width} height={layout.height} aria-hidden="true">
      {ZONES.map((zone) => (
        <Zone key={zone.label} layout={layout} {...zone} />
      ))}
      <Edges layout={layout} topology={topology} rates={page.derived.mapRates.value} lit={lit} />
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

function Edges({
  layout,
  topology,
  rates,
  lit,
}: {
  layout: MapLayout;
  topology: Topology;
  rates: MapRates;
  lit: Lit | undefined;
}) {
  return (
    <g>
      {allEdges(topology, rates, layout.blockOf).map(({ id, from, to, role, state }) => {
        const [a, b] = [layout.byId.get(from), layout.byId.get(to)];
        if (!a || !b) return null;
        const rate = rates.edges.get(id);
        const shown = lit ? (lit.edges.has(id) ? 'lit' : 'dim') : undefined;
        const d = edgeLine(a, b, layout.gap);
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
function allEdges(topology: Topology, rates: MapRates, blockOf: ReadonlyMap<string, string>): MapEdge[] {
  const edges = new Map<string, MapEdge>();
  for (const edge of topology.edges) {
    const to = blockOf.get(edge.to) ?? edge.to;
    const id = edgeId(edge.from, to);
    if (edges.get(id)?.state !== 'ready') edges.set(id, { ...edge, id, to });
  }
  for (const [id, { from, to }] of rates.edges)
    if (!edges.has(id)) edges.set(id, { id, from, to, role: 'plain', state: 'ready' });
  return [...edges.values()];
}

function roleOf({ perSecond, canaryPerSecond }: Rate): Role {
  if (canaryPerSecond === 0) return 'main';
  return canaryPerSecond > perSecond * 0.999 ? 'canary' : 'plain';
}

/** Ten times the traffic, the same step wider. */
function bandWidth(perSecond: number): number {
  return 3 + 4 * Math.log10(1 + perSecond);
}
