import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { ageOf, column, wideColumn } from '../../columns.ts';
import type { Event } from '../event.ts';

/** pkg/printers/internalversion/printers.go eventColumnDefinitions */
export const EVENT_COLUMNS: readonly PrinterColumn<Event>[] = Object.freeze([
  column<Event>('Last Seen', lastSeen),
  column<Event>('Type', ({ type }) => type),
  column<Event>('Reason', ({ reason }) => reason),
  column<Event>('Object', ({ involvedObject: { kind = '', name = '' } }) => `${kind.toLowerCase()}/${name}`),
  wideColumn<Event>('Subobject', ({ involvedObject }) => involvedObject.fieldPath ?? ''),
  wideColumn<Event>('Source', ({ source }) => [source?.component, source?.host].filter((word) => word).join(', ')),
  column<Event>('Message', ({ message }) => message?.trim() ?? ''),
  wideColumn<Event>('First Seen', ({ firstTimestamp }, now) => ageOf(firstTimestamp, now)),
  wideColumn<Event>('Count', ({ count = 1 }) => count),
  wideColumn<Event>('Name', ({ metadata }) => metadata.name),
]);

function lastSeen({ lastTimestamp, firstTimestamp }: Event, now: number): string {
  return ageOf(lastTimestamp ?? firstTimestamp, now);
}
