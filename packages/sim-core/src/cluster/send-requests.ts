import { newBadRequest } from '../apimachinery/status-error.ts';
import type { DecisionRecords } from '../ingress-nginx/nginx/decision-record.ts';
import { buildRequest, LOAD_CLIENT_ADDRESS } from '../traffic/load-generator.ts';
import { StatusSink } from '../traffic/status-sink.ts';
import type { Edge } from './edge.ts';

/** Requests that somebody sends by hand: `Send 1`, `Send 100`. */
export interface SendOrder {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly count: number;
}

/** Requests under way at a time. */
const MOST_UNDER_WAY = 50;
/** First of the ports that the pretended client uses. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

/**
 * Sends requests through the edge, each on a connection of its own, in order. They draw from the load generator's
 * stream: what people see with their own clients stays the same. Resolves when all were answered, with the ids of those
 * that an ingress controller decided.
 * @throws StatusError BadRequest when the first one finds no way in
 */
export function sendRequests(
  { edge, records }: { edge: Edge; records: DecisionRecords },
  order: SendOrder,
): Promise<number[]> {
  const load = buildRequest({ url: order.url, headers: order.headers });
  const target = {
    host: load.host,
    servicePort: load.port,
    ...(load.scheme === 'https' ? { tls: { sni: load.host } } : {}),
  };
  const ids: number[] = [];
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = 0;
    const next = (): void => {
      while (sent < order.count && sent - answered < MOST_UNDER_WAY) {
        const connection = edge.connect(target, {
          address: LOAD_CLIENT_ADDRESS,
          port: FIRST_PORT + (sent % PORTS),
          origin: 'load',
        });
        sent++;
        if ('refused' in connection) {
          if (sent === 1) return reject(newBadRequest(connection.message));
          answered++;
          continue;
        }
        // Heads are taken in at once, so the next id that is given out is this request's.
        const before = records.lastId;
        connection.http(
          load.request,
          new StatusSink(() => {
            answered++;
            connection.close();
            queueMicrotask(next);
          }),
        );
        if (records.lastId > before) ids.push(before + 1);
      }
      if (answered >= order.count) resolve(ids);
    };
    next();
  });
}
