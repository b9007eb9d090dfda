import type { Location } from '../nginx/configuration.ts';
import { DEFAULT_SERVER } from '../nginx/configuration.ts';
import type { DecisionRecord } from '../nginx/decision-record.ts';
import { Histogram } from './histogram.ts';
import type { Labels, MetricFamily, Sample } from './text-format.ts';

/** Seconds; prometheus.DefBuckets. */
const TIME_BUCKETS: readonly number[] = Object.freeze([0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);
/** Bytes; prometheus.LinearBuckets(10, 10, 10) and ExponentialBuckets(10, 10, 7). */
const LENGTH_BUCKETS: readonly number[] = Object.freeze([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
const SIZE_BUCKETS: readonly number[] = Object.freeze([10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]);

/** Sets of labels beyond this are not counted: methods are the client's to invent. */
const MOST_LABEL_SETS = 10_000;

/** What is measured of the requests with one set of labels. */
interface Measured {
  readonly labels: Labels;
  requests: number;
  readonly duration: Histogram;
  readonly responseTime: Histogram;
  readonly responseSize: Histogram;
  readonly bytesSent: Histogram;
}

/**
 * Requests of one replica with the labels of the real one, hosts that it serves only. Lengths are those of bodies; the
 * length of requests and the time of connecting are not measured, since there are no bytes
 * (internal/ingress/metric/collectors/socket.go).
 */
export class RequestMetrics {
  readonly #constant: Labels;
  readonly #byLabels = new Map<string, Measured>();
  readonly #byLocation = new WeakMap<Location, Map<string, Measured>>();

  /** @param constant labels of every metric of this replica */
  constructor(constant: Labels) {
    this.#constant = constant;
  }

  /** Counts a request that has ended. */
  count(record: DecisionRecord): void {
    const { location, server } = record;
    if (location === undefined || server === undefined || server.hostname === DEFAULT_SERVER) return;
    if (record.host !== server.hostname && !server.directives.serverAlias.includes(record.host)) return;
    const measured = this.#measured(location, record);
    if (measured === undefined) return;
    measured.requests++;
    measured.duration.observe(record.duration / 1000);
    if (record.upstreamStatus > 0) measured.responseTime.observe(record.upstreamTime / 1000);
    measured.responseSize.observe(record.bytesSent);
    measured.bytesSent.observe(record.bytesSent);
  }

  families(): MetricFamily[] {
    const all = [...this.#byLabels.values()];
    const histogram = (name: string, help: string, of: (each: Measured) => Histogram): MetricFamily => ({
      name: `nginx_ingress_controller_${name}`,
      help,
      type: 'histogram',
      samples: all.flatMap((each) => of(each).samples(each.labels)),
    });
    const requests = all.map(({ labels, requests: value }): Sample => ({ labels, value }));
    const seconds = 'request_duration_seconds';
    return [
      {
        name: 'nginx_ingress_controller_requests',
        help: 'The total number of client requests',
        type: 'counter',
        samples: requests,
      },
      histogram(seconds, 'The request processing time in milliseconds', ({ duration }) => duration),
      histogram('response_duration_seconds', RESPONSE_HELP, ({ responseTime }) => responseTime),
      histogram('response_size', SIZE_HELP, ({ responseSize }) => responseSize),
      histogram('bytes_sent', 'DEPRECATED The number of bytes sent to a client', ({ bytesSent }) => bytesSent),
    ];
  }

  #measured(location: Location, record: DecisionRecord): Measured | undefined {
    const canary = record.toCanary ? (record.upstream?.name ?? '') : '';
    const key = `${record.status} ${record.method} ${record.host} ${canary}`;
    let known = this.#byLocation.get(location);
    if (known === undefined) {
      known = new Map();
      this.#byLocation.set(location, known);
    }
    const measured = known.get(key) ?? this.#find(location, record, canary);
    if (measured !== undefined) known.set(key, measured);
    return measured;
  }

  #find(
    { source, ingressPath }: Location,
    { host, method, status }: DecisionRecord,
    canary: string,
  ): Measured | undefined {
    const labels: Labels = {
      canary,
      ...this.#constant,
      host,
      ingress: source?.ingress ?? '',
      method,
      namespace: source?.namespace ?? '',
      path: ingressPath,
      service: source?.service ?? '',
      status: String(status),
    };
    const key = JSON.stringify(labels);
    const known = this.#byLabels.get(key);
    if (known !== undefined || this.#byLabels.size >= MOST_LABEL_SETS) return known;
    const made = newMeasured(labels);
    this.#byLabels.set(key, made);
    return made;
  }
}

const RESPONSE_HELP = 'The time spent on receiving the response from the upstream server';
const SIZE_HELP = 'The response length (including request line, header, and request body)';

function newMeasured(labels: Labels): Measured {
  return {
    labels,
    requests: 0,
    duration: new Histogram(TIME_BUCKETS),
    responseTime: new Histogram(TIME_BUCKETS),
    responseSize: new Histogram(LENGTH_BUCKETS),
    bytesSent: new Histogram(SIZE_BUCKETS),
  };
}
