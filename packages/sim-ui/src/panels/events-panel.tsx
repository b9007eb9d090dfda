import type { WireEvent } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from '../app/page.ts';
import { formatTime } from '../words/numbers.ts';

const ROWS = 100;

/** The cluster's own events, newest first, as `kubectl get events` words them. */
export function EventsPanel({ page }: { page: Page }) {
  const events = page.store.parts.events.value;
  if (events.length === 0) return <p class="empty">{page.words.t('events.none')}</p>;
  return (
    <ol class="events" dir="ltr">
      {events.slice(0, ROWS).map((event) => (
        <EventRow key={event.uid} event={event} />
      ))}
    </ol>
  );
}

function EventRow({ event }: { event: WireEvent }) {
  const { at, type, reason, object, message, count } = event;
  return (
    <li class="event" data-type={type}>
      <time class="event__time">{formatTime(at)}</time>
      <span class="event__reason">
        {type === 'Warning' && <span class="event__warning">{type}</span>}
        {reason}
        {count > 1 && <span class="event__count"> ×{count}</span>}
      </span>
      <span class="event__object">
        {object.kind.toLowerCase()}/{object.name}
      </span>
      <span class="event__message">{message}</span>
    </li>
  );
}
