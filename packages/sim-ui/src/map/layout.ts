import { type Box, placer } from './box.ts';
import { type Column, columnsOf, measuresOf } from './columns.ts';
import { frontBoxes } from './front-boxes.ts';
import { LOOSE, laneBoxes } from './lane-boxes.ts';
import { type LaneInput, placeLanes } from './lanes.ts';
import type { Slot } from './slots.ts';
import { podId, type Topology } from './topology.ts';

export interface MapLayout {
  readonly unit: number;
  /** Room between two columns. */
  readonly gap: number;
  readonly width: number;
  /** At least the room's height; more when the map has to scroll. */
  readonly height: number;
  readonly columns: readonly Column[];
  readonly boxes: readonly Box[];
  readonly byId: ReadonlyMap<string, Box>;
  /** Pods that are drawn as part of a block: pod's id → block's id. */
  readonly blockOf: ReadonlyMap<string, string>;
}

/** Heights of the headings and of the lower margin, in units of text. */
const HEADING = 2.3;
const BOTTOM = 1.8;

/** Places everything. The same topology, size and slots always give the same map. */
export function layoutMap(
  topology: Topology,
  size: { readonly width: number; readonly height: number },
  slots: ReadonlyMap<string, readonly Slot[]>,
): MapLayout {
  const { unit, gap } = measuresOf(size.width);
  const columns = columnsOf(size.width);
  const top = HEADING * unit;
  const room = size.height - top - BOTTOM * unit;
  const lanes = placeLanes(laneInputs(topology, slots), unit, room).map((lane) => ({ ...lane, top: lane.top + top }));
  const bottom = Math.max(top + room, ...lanes.map((lane) => lane.top + lane.height));
  const place = placer(columns, unit, top, bottom);
  const boxes = [
    ...laneBoxes(lanes, topology, unit, place),
    ...frontBoxes(topology, lanes, unit, place, (top + bottom) / 2),
  ];
  return {
    unit,
    gap,
    width: size.width,
    height: Math.max(size.height, bottom + BOTTOM * unit),
    columns,
    boxes,
    byId: new Map(boxes.map((box) => [box.id, box])),
    blockOf: blocksOf(boxes),
  };
}

function laneInputs({ lanes, loosePods }: Topology, slots: ReadonlyMap<string, readonly Slot[]>): LaneInput[] {
  const inputs = lanes.map((lane) => ({ lane, slots: slots.get(lane.service.uid) ?? [] }));
  return loosePods.length === 0 ? inputs : [...inputs, { slots: slots.get(LOOSE) ?? [] }];
}

function blocksOf(boxes: readonly Box[]): ReadonlyMap<string, string> {
  return new Map(
    boxes.flatMap(({ id, subject }) =>
      subject.kind === 'pods' ? subject.pods.map((pod) => [podId(pod.uid), id] as const) : [],
    ),
  );
}
