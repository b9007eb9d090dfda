import type { WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Box, HEIGHT, type Place } from './box.ts';
import { type PlacedLane, podPlace, podsHeight } from './lanes.ts';
import { endpointsId, type Lane, podId, serviceId, type Topology } from './topology.ts';

/** Key of the slots of pods that no Service selects. */
export const LOOSE = '';

/** Services, endpoints and pods, lane by lane. */
export function laneBoxes(lanes: readonly PlacedLane[], topology: Topology, unit: number, place: Place): Box[] {
  const pods = new Map(
    [...topology.loosePods, ...topology.lanes.flatMap((lane) => lane.pods)].map((pod) => [pod.uid, pod]),
  );
  return lanes.flatMap((placed) => {
    const { lane } = placed;
    const centre = placed.top + placed.height / 2;
    const podBoxes = place('pods', [
      { id: '', subject: { kind: 'client' }, centre, height: podsHeight(placed.slots.length, placed.variant) },
    ]).flatMap((column) => podBoxesIn(column, placed, pods, unit));
    if (!lane) return podBoxes;
    const { uid } = lane.service;
    return [
      ...place('service', [{ id: serviceId(uid), subject: { kind: 'service', lane }, centre, height: HEIGHT.service }]),
      ...place('endpoints', [
        { id: endpointsId(uid), subject: { kind: 'endpoints', lane }, centre, height: HEIGHT.endpoints },
      ]),
      ...podBoxes,
    ];
  });
}

/** Share of a slot's width that a pod keeps while another one leaves beside it. */
const STAYING = 0.66;

function podBoxesIn(
  area: Box,
  { lane, slots, variant }: PlacedLane,
  pods: ReadonlyMap<string, WirePod>,
  unit: number,
): Box[] {
  if (slots.length === 0) return [];
  const all = slots.flatMap(({ pod, leaving }) => [pod, leaving]).flatMap((uid) => pods.get(uid ?? '') ?? []);
  if (variant === 'block') {
    return [
      {
        ...area,
        id: `pods:${lane?.service.uid ?? LOOSE}`,
        subject: { kind: 'pods', pods: all, ...(lane && { lane }) },
      },
    ];
  }
  return slots.flatMap((slot, i) => {
    const { top, height } = podPlace(i, variant);
    const row = { ...area, y: area.y + top * unit, height: height * unit };
    const pod = pods.get(slot.pod ?? '');
    const leaving = pods.get(slot.leaving ?? '');
    const gap = unit * 0.4;
    const kept = pod && leaving ? row.width * STAYING - gap : row.width;
    return [
      ...(pod ? [podBox({ ...row, width: kept }, pod, variant, lane)] : []),
      ...(leaving && pod
        ? [podBox({ ...row, x: row.x + kept + gap, width: row.width - kept - gap }, leaving, 'leaving', lane)]
        : []),
      ...(leaving && !pod ? [podBox(row, leaving, variant, lane)] : []),
    ];
  });
}

function podBox(row: Box, pod: WirePod, variant: 'full' | 'compact' | 'leaving', lane: Lane | undefined): Box {
  return { ...row, id: podId(pod.uid), subject: { kind: 'pod', pod, variant, ...(lane && { lane }) } };
}
