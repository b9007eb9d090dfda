import type { Event } from '../event.ts';

/** What `--field-selector` may ask of events; `kubectl describe` lives on it (pkg/registry/core/event/strategy.go ToSelectableFields). */
export const EVENT_FIELDS = Object.freeze({
  'involvedObject.kind': ({ involvedObject }: Event) => involvedObject.kind ?? '',
  'involvedObject.namespace': ({ involvedObject }: Event) => involvedObject.namespace ?? '',
  'involvedObject.name': ({ involvedObject }: Event) => involvedObject.name ?? '',
  'involvedObject.uid': ({ involvedObject }: Event) => involvedObject.uid ?? '',
  'involvedObject.apiVersion': ({ involvedObject }: Event) => involvedObject.apiVersion ?? '',
  'involvedObject.resourceVersion': ({ involvedObject }: Event) => involvedObject.resourceVersion ?? '',
  'involvedObject.fieldPath': ({ involvedObject }: Event) => involvedObject.fieldPath ?? '',
  reason: ({ reason }: Event) => reason ?? '',
  reportingComponent: ({ reportingComponent, source }: Event) => reportingComponent || source?.component || '',
  source: ({ source, reportingComponent }: Event) => source?.component || reportingComponent || '',
  type: ({ type }: Event) => type ?? '',
});
