import { invalid } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { EVENT_COLUMNS } from './event/columns.ts';
import { EVENT_FIELDS } from './event/selectable-fields.ts';

/** core/v1 ObjectReference, as events use it. */
export interface ObjectReference {
  apiVersion?: string;
  kind?: string;
  namespace?: string;
  name?: string;
  uid?: string;
  resourceVersion?: string;
  fieldPath?: string;
}

/** core/v1 Event. */
export interface Event {
  apiVersion: 'v1';
  kind: 'Event';
  metadata: ObjectMeta;
  involvedObject: ObjectReference;
  reason: string;
  message: string;
  type: 'Normal' | 'Warning';
  source: { component?: string; host?: string };
  firstTimestamp?: string;
  lastTimestamp?: string;
  count?: number;
  reportingComponent?: string;
  reportingInstance?: string;
}

export const events = defineKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  resource: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  selectableFields: EVENT_FIELDS,
  setDefaults(event) {
    event.involvedObject ??= {};
  },
  // pkg/apis/core/validation/events.go
  validate: ({ involvedObject, metadata }) => {
    const { namespace = 'default' } = involvedObject;
    if (namespace === metadata.namespace) return [];
    return [invalid('involvedObject.namespace', involvedObject.namespace ?? '', 'does not match event.namespace')];
  },
  columns: EVENT_COLUMNS,
});
