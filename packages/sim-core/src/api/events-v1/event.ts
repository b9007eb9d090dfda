import { defineKind } from '../../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../../apimachinery/object-meta.ts';
import { EVENT_COLUMNS } from '../core-v1/event/columns.ts';
import { type Event as CoreEvent, events as coreEvents, type ObjectReference } from '../core-v1/event.ts';

/** events.k8s.io/v1 Event: the same object as core/v1 Event under other names. */
export interface Event {
  apiVersion: 'events.k8s.io/v1';
  kind: 'Event';
  metadata: ObjectMeta;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  reportingController?: string;
  reportingInstance?: string;
  action?: string;
  reason?: string;
  regarding?: ObjectReference;
  related?: ObjectReference;
  note?: string;
  type?: string;
  deprecatedSource?: { component?: string; host?: string };
  deprecatedFirstTimestamp?: string;
  deprecatedLastTimestamp?: string;
  deprecatedCount?: number;
}

/** Names of fields here, and there (pkg/apis/events/v1/conversion.go). */
const NAMES: readonly (readonly [here: keyof Event, there: string])[] = Object.freeze([
  ['eventTime', 'eventTime'],
  ['series', 'series'],
  ['reportingController', 'reportingComponent'],
  ['reportingInstance', 'reportingInstance'],
  ['action', 'action'],
  ['reason', 'reason'],
  ['regarding', 'involvedObject'],
  ['related', 'related'],
  ['note', 'message'],
  ['type', 'type'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
] as const);

function fromStored(stored: KubeObject): Event {
  const fields = stored as unknown as Record<string, unknown>;
  const event: Record<string, unknown> = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: stored.metadata,
    eventTime: null,
  };
  for (const [here, there] of NAMES) if (fields[there] !== undefined) event[here] = fields[there];
  return event as unknown as Event;
}

function toStored(event: Event): CoreEvent {
  const stored: Record<string, unknown> = { apiVersion: 'v1', kind: 'Event', metadata: event.metadata };
  for (const [here, there] of NAMES) if (event[here] !== undefined) stored[there] = event[here];
  return stored as unknown as CoreEvent;
}

export const events = defineKind<Event>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  resource: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  stored: { kind: coreEvents, fromStored, toStored },
  columns: EVENT_COLUMNS.map((each) => ({
    ...each,
    cell: (event: Event, now: number) => each.cell(toStored(event), now),
  })),
});
