import type { Cluster } from '../cluster.ts';
import { buildRequest, KEPT_CONNECTIONS } from '../traffic/load-generator.ts';

/** What is sent, and how often. */
export interface SimulationOrder {
  /** Asked for in turn. */
  readonly urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: string;
  /** Requests in all. */
  readonly count: number;
  /** Requests a second of virtual time. */
  readonly rate: number;
}

/** Where requests come from over sockets, too: the same machine. */
const CLIENT = '127.0.0.1';
/** Turns that promises get before time moves on, where an answer does not come at once (an auth service, a body that is read). */
const MOST_TURNS = 100;
/** Time for the last answers, milliseconds. */
const LAST_ANSWERS = 10_000;

/**
 * Sends requests in virtual time, one after the other at a steady rate, as a client over sockets would: each through the
 * load balancer, a kept connection and every phase of the proxy to a pod. No timer and no socket stands between them, and a
 * promise only where a phase has one, so it takes microseconds.
 * @returns how many were answered
 * @throws TypeError for a URL that is none, or not http(s)
 */
export async function simulateRequests(
  cluster: Cluster,
  { urls, headers, method, count, rate }: SimulationOrder,
): Promise<number> {
  let answered = 0;
  let ended = 0;
  const onAnswer = (status: number) => {
    ended++;
    if (status !== 0) answered++;
  };
  const clients = urls.map((url) => {
    const request = buildRequest({ url, headers: { ...headers }, clientIp: CLIENT, ...(method && { method }) });
    return cluster.connections.open(request, 'client', onAnswer);
  });
  const interval = 1000 / rate;
  for (let sent = 0, turn = 0; sent < count; sent++) {
    const before = ended;
    clients[turn]?.fire(sent % KEPT_CONNECTIONS);
    for (let turns = 0; ended === before && turns < MOST_TURNS; turns++) await undefined;
    turn = turn + 1 === clients.length ? 0 : turn + 1;
    cluster.advance(interval);
  }
  cluster.advance(LAST_ANSWERS);
  for (const client of clients) client.close();
  return answered;
}
