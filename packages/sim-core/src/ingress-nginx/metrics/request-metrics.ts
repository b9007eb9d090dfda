import type { MetricFlags } from '../flags.ts';
import type { Location, NginxConfiguration } from '../nginx/configuration.ts';
import type { RequestContext } from '../nginx/request-context.ts';
import { Histogram } from './histogram.ts';
import { type Labels, METRIC_PREFIX, type MetricFamily, type Sample } from './text-format.ts';

/** Sets of labels beyond this are not counted: methods are the client's to invent. */
const MOST_LABEL_SETS = 10_000;

/** What is measured of the requests with one set of labels. */
interface Measured {
  readonly labels: Labels;
  requests: number;
  readonly connectTime: Histogram;
  readonly headerTime: Histogram;
  readonly requestTime: Histogram;
  readonly responseTime: Histogram;
  readonly requestLength: Histogram;
  readonly responseLength: Histogram;
  readonly bytesSent: Histogram;
}

/** What the requests of one location are told apart by, and what is measured of them: several may share their labels. */
interface Known {
  readonly status: number;
  readonly method: string;
  /** '' where hosts do not count. */
  readonly host: string;
  readonly canary: string;
  readonly measured: Measured;
}

/**
 * Requests of one replica, with the labels and buckets of the real one (internal/ingress/metric/collectors/socket.go): by
 * default those for hosts that an Ingress names. Of a request that was tried more than once no times of pods are known, as
 * in the original, which reads a list of them as no number.
 */
export class RequestMetrics {
  readonly #constant: Labels;
  readonly #flags: MetricFlags;
  readonly #byLabels = new Map<string, Measured>();
  readonly #byLocation = new WeakMap<Location, Known[]>();

  /** @param constant labels of every metric of this replica */
  constructor(constant: Labels, flags: MetricFlags) {
    this.#constant = constant;
    this.#flags = flags;
  }

  /** Counts a request that has ended; on the path of every request. */
  count(context: RequestContext): void {
    const { location, server } = context;
    if (location === undefined || server === undefined) return;
    const { hostname, directives } = server.server;
    if (this.#flags.perHost && !this.#flags.perUndefinedHost) {
      if (context.host !== hostname && !directives.serverAlias.includes(context.host)) return;
    }
    const canary = context.toCanary ? (context.balancer?.upstream.name ?? '') : '';
    const measured = this.#measured(location.location, context, canary);
    if (measured !== undefined) observe(measured, context);
  }

  /** Ingresses that are not served any more are forgotten (RemoveMetrics). */
  retain({ servers }: NginxConfiguration): void {
    if (this.#byLabels.size === 0) return;
    const served = new Set(
      servers.flatMap(({ locations }) => locations.map(({ source }) => `${source?.namespace}/${source?.ingress}`)),
    );
    for (const [key, { labels }] of this.#byLabels) {
      if (labels['ingress'] === '' || served.has(`${labels['namespace']}/${labels['ingress']}`)) continue;
      this.#byLabels.delete(key);
    }
  }

  families(): MetricFamily[] {
    const all = [...this.#byLabels.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, measured]) => measured);
    const histogram = (name: string, help: string, of: (each: Measured) => Histogram): MetricFamily => ({
      name: METRIC_PREFIX + name,
      help,
      type: 'histogram',
      samples: all.flatMap((each) => of(each).samples(each.labels)),
    });
    const requests: MetricFamily = {
      name: `${METRIC_PREFIX}requests`,
      help: 'The total number of client requests',
      type: 'counter',
      samples: all.map(({ labels, requests: value }): Sample => ({ labels, value })),
    };
    const families = [
      requests,
      histogram(
        'connect_duration_seconds',
        'The time spent on establishing a connection with the upstream server',
        ({ connectTime }) => connectTime,
      ),
      histogram(
        'header_duration_seconds',
        'The time spent on receiving first header from the upstream server',
        ({ headerTime }) => headerTime,
      ),
      histogram(
        'request_duration_seconds',
        'The request processing time in milliseconds',
        ({ requestTime }) => requestTime,
      ),
      histogram(
        'response_duration_seconds',
        'The time spent on receiving the response from the upstream server',
        ({ responseTime }) => responseTime,
      ),
      histogram('request_size', `The request ${LENGTH}`, ({ requestLength }) => requestLength),
      histogram('response_size', `The response ${LENGTH}`, ({ responseLength }) => responseLength),
      histogram('bytes_sent', 'DEPRECATED The number of bytes sent to a client', ({ bytesSent }) => bytesSent),
    ];
    const excluded = new Set(this.#flags.exclude.map((name) => name.replace(METRIC_PREFIX, '')));
    return families.filter(({ name }) => !excluded.has(name.slice(METRIC_PREFIX.length)));
  }

  #measured(location: Location, context: RequestContext, canary: string): Measured | undefined {
    const { status } = context;
    const { method } = context.request;
    const host = this.#flags.perHost ? context.host : '';
    let known = this.#byLocation.get(location);
    if (known === undefined) {
      known = [];
      this.#byLocation.set(location, known);
    }
    for (let i = 0; i < known.length; i++) {
      const each = known[i] as Known;
      if (each.status === status && each.method === method && each.host === host && each.canary === canary)
        return each.measured;
    }
    const measured = this.#find(location, context, canary);
    if (measured !== undefined && known.length < MOST_REMEMBERED)
      known.push({ status, method, host, canary, measured });
    return measured;
  }

  #find({ source, ingressPath }: Location, context: RequestContext, canary: string): Measured | undefined {
    const { status, host, request } = context;
    const labels: Labels = {
      canary,
      ...this.#constant,
      ...(this.#flags.perHost && { host }),
      ingress: source?.ingress ?? '',
      method: request.method,
      namespace: source?.namespace ?? '',
      path: ingressPath,
      service: source?.service ?? '',
      status: this.#flags.statusClasses ? `${Math.floor(status / 100)}xx` : String(status),
    };
    const key = JSON.stringify(Object.values(labels));
    const known = this.#byLabels.get(key);
    if (known !== undefined || this.#byLabels.size >= MOST_LABEL_SETS) return known;
    const made = newMeasured(labels, this.#flags);
    this.#byLabels.set(key, made);
    return made;
  }
}

/** So many sets of one location are found by looking through them; more are rare. */
const MOST_REMEMBERED = 32;

const LENGTH = 'length (including request line, header, and request body)';

function newMeasured(labels: Labels, { timeBuckets, lengthBuckets, sizeBuckets }: MetricFlags): Measured {
  return {
    labels,
    requests: 0,
    connectTime: new Histogram(timeBuckets),
    headerTime: new Histogram(timeBuckets),
    requestTime: new Histogram(timeBuckets),
    responseTime: new Histogram(timeBuckets),
    requestLength: new Histogram(lengthBuckets),
    responseLength: new Histogram(lengthBuckets),
    bytesSent: new Histogram(sizeBuckets),
  };
}

function observe(measured: Measured, context: RequestContext): void {
  measured.requests++;
  measured.requestTime.observe(seconds(context.duration));
  measured.requestLength.observe(context.headLength + Math.max(0, context.contentLength));
  const sent = context.headSent + context.bytesSent;
  measured.responseLength.observe(sent);
  measured.bytesSent.observe(sent);
  if (context.tries !== 1 || context.endpoint === undefined) return;
  if (!hasConnected(context)) return measured.responseTime.observe(seconds(context.upstreamTime));
  measured.connectTime.observe(0);
  measured.responseTime.observe(seconds(context.upstreamTime));
  if (context.headerAt >= 0) measured.headerTime.observe(seconds(context.headerAt - context.triedAt));
}

/** Whether the pod took the connection: one that refuses it, or does not answer, leaves no time of connecting. */
function hasConnected({ upstreamStatus, attempts }: RequestContext): boolean {
  const failure = attempts?.[0]?.failure;
  return upstreamStatus > 0 && failure !== 'refused' && failure !== 'connect-timeout';
}

/** Milliseconds as seconds, to the millisecond: nginx knows no less. */
function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
