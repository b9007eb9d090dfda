import type { WireObject, WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import { describe, expect, test } from 'vitest';
import { byKind } from '../state/select.ts';
import { DemoCluster } from '../testing/demo-cluster.ts';
import * as make from '../testing/objects.ts';
import type { Box } from './box.ts';
import { LOOSE } from './lane-boxes.ts';
import { layoutMap, type MapLayout } from './layout.ts';
import { assignSlots } from './slots.ts';
import { buildTopology } from './topology.ts';

const SIZES = [
  { width: 700, height: 330 },
  { width: 802, height: 300 },
  { width: 1041, height: 310 },
  { width: 1041, height: 410 },
  { width: 1493, height: 690 },
];

function layout(objects: WireObject[], size = SIZES[3]!): MapLayout {
  const topology = buildTopology(byKind(objects));
  const lanes = topology.lanes.map(({ service, pods }) => [service.uid, assignSlots([], pods, true)] as const);
  return layoutMap(topology, size, new Map([...lanes, [LOOSE, assignSlots([], topology.loosePods, true)]]));
}

function scaled(app: string, count: number): WireObject[] {
  const pods: WirePod[] = Array.from({ length: count }, (_, i) => make.pod({ app, suffix: `a-${i}` }));
  return [...pods, make.service(app, pods), make.ingress(app, app)];
}

function overlaps({ boxes }: MapLayout): string[] {
  const touch = (a: Box, b: Box): boolean =>
    a.x < b.x + b.width - 0.01 &&
    b.x < a.x + a.width - 0.01 &&
    a.y < b.y + b.height - 0.01 &&
    b.y < a.y + a.height - 0.01;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (touch(a, b) ? [`${a.id} ${b.id}`] : [])));
}

const CASES: [string, WireObject[]][] = [
  ['the canary scenario', new DemoCluster().snapshot().objects],
  [
    '8 pods, 3 controllers',
    [...scaled('web', 8), ...[1, 2, 3].map((n) => make.controllerPod(`c-${n}`)), make.loadBalancer()],
  ],
  ['300 pods', [...new DemoCluster().snapshot().objects, ...scaled('web', 300)]],
  ['10 nodes', [...Array.from({ length: 10 }, (_, i) => make.node(i + 1)), make.loadBalancer()]],
  ['12 Services', Array.from({ length: 12 }, (_, i) => scaled(`web-${i}`, 2)).flat()],
  ['nothing', []],
];

describe.each(CASES)('%s', (_name, objects) => {
  test.each(SIZES)('on $width x $height: no box over another, none outside', (size) => {
    const map = layout(objects, size);
    expect(overlaps(map)).toEqual([]);
    for (const box of map.boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(size.width);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(map.height);
    }
  });
});

test('the canary scenario fits the smallest map without scrolling, every pod a box of its own', () => {
  const map = layout(new DemoCluster().snapshot().objects, SIZES[2]);
  expect(map.height).toBe(SIZES[2]!.height);
  expect(map.boxes.filter(({ subject }) => subject.kind === 'pod')).toHaveLength(4);
});

test('more than twelve pods of a Service are a block', () => {
  const map = layout(scaled('web', 13), SIZES[4]);
  const block = map.boxes.find(({ subject }) => subject.kind === 'pods');
  expect(block?.id).toBe('pods:svc-web');
  expect(map.blockOf.get('pod:web-a-7')).toBe('pods:svc-web');
  expect(layout(scaled('web', 12), SIZES[4]).blockOf.size).toBe(0);
});

test('a Service, its endpoints and its pods stand level', () => {
  const { byId } = layout(new DemoCluster().snapshot().objects);
  const middle = (id: string): number => byId.get(id)!.y + byId.get(id)!.height / 2;
  const service = middle('service:svc-netflix-frontend-canary');
  expect(middle('endpoints:svc-netflix-frontend-canary')).toBeCloseTo(service);
  expect(middle('ingress:ing-canary')).toBeCloseTo(service);
});

test('a pod that is replaced moves nothing else', () => {
  const pods = [make.pod({ app: 'web', suffix: 'a' }), make.pod({ app: 'web', suffix: 'b' })];
  const rest: WireObject[] = [make.service('web', pods), make.ingress('web', 'web'), make.service('other')];
  const before = buildTopology(byKind([...pods, ...rest]));
  const slots = assignSlots([], before.lanes.find(({ service }) => service.name === 'web')!.pods, true);
  const during = [{ ...pods[0]!, terminating: true }, pods[1]!, make.pod({ app: 'web', suffix: 'c' })];
  const after = buildTopology(byKind([...during, ...rest]));
  const place = (topology: typeof before, own: typeof slots): ReadonlyMap<string, Box> =>
    layoutMap(topology, SIZES[3]!, new Map([['svc-web', own]])).byId;
  const [old, now] = [place(before, slots), place(after, assignSlots(slots, during, false))];
  for (const [id, { x, y, width, height }] of old)
    if (id !== 'pod:web-a') expect({ id, ...now.get(id) }).toMatchObject({ id, x, y, width, height });
  expect(now.get('pod:web-c')).toMatchObject({ y: old.get('pod:web-a')!.y });
  expect(now.get('pod:web-a')!.width).toBeLessThan(now.get('pod:web-c')!.width);
});

test('what is missing is said: no way in, no controller', () => {
  const { byId } = layout([make.ingress('web', 'web', { served: false }), make.service('web')]);
  expect(byId.has('no-load-balancer')).toBe(true);
  expect(byId.has('no-controller')).toBe(true);
  expect(byId.has('cost')).toBe(false);
});
