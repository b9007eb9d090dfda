import type { Client } from '../client/client.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import type { Clock } from '../sim/clock.ts';

/** Recorders of events by node: events carry their node as host. */
export function nodeRecorders(client: Client, clock: Clock): (nodeName: string) => EventRecorder {
  const recorders = new Map<string, EventRecorder>();
  return (nodeName) => {
    const recorder = recorders.get(nodeName) ?? new EventRecorder(client, clock, 'kubelet', nodeName);
    recorders.set(nodeName, recorder);
    return recorder;
  };
}
