import { type Event, events } from '../../api/core-v1/event.ts';
import { pods } from '../../api/core-v1/pod.ts';
import type { Cluster } from '../../index.ts';
import { told } from '../compare.ts';
import { CONTROLLER } from '../stand.ts';
import type { EventExpect } from './vector.ts';

/** Who reports where a vector names nobody. */
const COMPONENT = 'nginx-ingress-controller';
/** Stands for the controller's pod, whose name is drawn. */
const CONTROLLER_POD = 'controller-pod';

/** All events, oldest first. */
export function allEvents({ client }: Cluster): Event[] {
  return client.list(events);
}

/** What an expected event that is not there is told as; empty when it is there. */
export function eventProblems(cluster: Cluster, expected: EventExpect, among = allEvents(cluster)): string[] {
  const names = namesOf(cluster, expected.on);
  const on = among.filter(({ involvedObject }) => names.includes(involvedObject.name ?? ''));
  if (on.some((event) => fits(event, expected))) return [];
  const seen = on.map(({ type, reason, message }) => `${type} ${reason} ${told(message)}`);
  return [`event on ${expected.on}: expected ${wanted(expected)}, got ${seen.join(', ') || 'none'}`];
}

/** What is different from these events and no others. */
export function newEventProblems(
  cluster: Cluster,
  fresh: readonly Event[],
  expected: readonly EventExpect[],
): string[] {
  const surplus = fresh.filter(
    (event) =>
      !expected.some(
        (each) => namesOf(cluster, each.on).includes(event.involvedObject.name ?? '') && fits(event, each),
      ),
  );
  return [
    ...expected.flatMap((each) => eventProblems(cluster, each, [...fresh])),
    ...surplus.map(
      ({ involvedObject, reason, message }) =>
        `new event on ${involvedObject.name}: expected none, got ${reason} ${told(message)}`,
    ),
  ];
}

function fits(
  event: Event,
  { type, reason, message, messagePrefix = '', component = COMPONENT }: EventExpect,
): boolean {
  const said = event.message ?? '';
  const sameMessage = message === undefined ? said.startsWith(messagePrefix) : said === message;
  return event.type === type && event.reason === reason && sameMessage && event.source?.component === component;
}

function wanted({ type, reason, message, messagePrefix }: EventExpect): string {
  const text = message ?? messagePrefix;
  return `${type} ${reason}${text === undefined ? '' : ` ${told(text)}${message === undefined ? ' …' : ''}`}`;
}

function namesOf({ client }: Cluster, on: string): string[] {
  if (on !== CONTROLLER_POD) return [on];
  return client.list(pods, CONTROLLER.namespace).map(({ metadata }) => metadata.name);
}
