import { expect, test } from 'vitest';
import { type Event as CoreEvent, events as coreEvents } from '../core-v1/event.ts';
import { type Event, events } from './event.ts';

const CORE: CoreEvent = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'web.1', namespace: 'default' },
  involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
  reason: 'Started',
  message: 'Started container web',
  type: 'Normal',
  source: { component: 'kubelet', host: 'node-1' },
  firstTimestamp: '2026-01-01T00:00:00Z',
  lastTimestamp: '2026-01-01T00:01:00Z',
  count: 2,
  reportingComponent: 'kubelet',
  reportingInstance: 'node-1',
};

test('the same event under the names of events.k8s.io, and back', () => {
  const event = events.stored?.fromStored(CORE) as Event;
  expect(event).toEqual({
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: CORE.metadata,
    eventTime: null,
    regarding: CORE.involvedObject,
    reason: 'Started',
    note: 'Started container web',
    type: 'Normal',
    deprecatedSource: CORE.source,
    deprecatedFirstTimestamp: '2026-01-01T00:00:00Z',
    deprecatedLastTimestamp: '2026-01-01T00:01:00Z',
    deprecatedCount: 2,
    reportingController: 'kubelet',
    reportingInstance: 'node-1',
  });
  expect(events.stored?.toStored(event)).toEqual({ ...CORE, eventTime: null });
  expect(events.stored?.kind).toBe(coreEvents);
});
