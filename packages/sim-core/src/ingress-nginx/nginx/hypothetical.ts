import { Random } from '../../sim/random.ts';
import type { HttpResponse } from '../../workloads/workload.ts';
import type { Answer } from './answer.ts';
import { DEFAULT_UPSTREAM, type Endpoint, type NginxConfiguration } from './configuration.ts';
import { type DecisionRecord, DecisionRecords, emptyRecord } from './decision-record.ts';
import type { HttpDirectives } from './directives.ts';
import { takesErrorBackend } from './error-backend.ts';
import { statusSent } from './error-page.ts';
import { findServer } from './phases/find-server.ts';
import { addHeaders } from './phases/header-filter.ts';
import { writeRecord } from './phases/log.ts';
import { readHead } from './phases/read-head.ts';
import { proxyHeaders } from './proxy-headers.ts';
import { walk } from './request.ts';
import { RequestContext } from './request-context.ts';
import { load, type ProxyParts, type Running } from './running.ts';
import { SplitCounters } from './split-counters.ts';
import { StubStatus } from './stub-status.ts';

/** A request that nobody sends. */
export interface HypotheticalRequest {
  readonly method: string;
  /** Path and query, raw. */
  readonly url: string;
  readonly scheme: 'http' | 'https';
  /** Flat; with the Host header. */
  readonly headers: readonly string[];
  readonly remoteAddress: string;
  /** What is taken to be drawn where a weight decides; left out, chance is left open. */
  readonly draw?: number;
}

/** What the phases would decide. */
export interface Hypothetical {
  /** Status 0: a pod would answer. A weight that would be drawn shows in `drawTotal`, with `draw` 0. */
  readonly record: DecisionRecord;
  /** The answer that ended the walk, also where an error backend takes it over; undefined where a pod is asked. */
  readonly answer: Answer | undefined;
  /** Path and query that a pod would be asked for. */
  readonly upstreamUrl: string;
  /** The endpoint, where neither chance nor earlier requests have a say. */
  readonly pinned: Endpoint | undefined;
  /** Headers that a pod would get, flat; none where none is asked. */
  requestHeaders(): string[];
  /** Headers that nginx would add to the answer, flat. */
  responseHeaders(): string[];
}

/**
 * A proxy that serves nobody: it walks the phases for requests that were never sent, on a snapshot, and says what they
 * would decide. Nothing is drawn, counted, sent or remembered.
 */
export class HypotheticalProxy {
  readonly #running: Running;

  /**
   * @param like a proxy that runs: what its snapshot has in common with this one is not compiled again
   * @throws SyntaxError for a regex that does not compile
   */
  constructor(configuration: NginxConfiguration, like?: Running) {
    this.#running = load(configuration, nobody(like), like);
  }

  /** Walks the phases for one request. */
  walk({ scheme, draw = 0, ...request }: HypotheticalRequest): Hypothetical {
    const asked = { ...request, httpVersion: '1.1' };
    const context = new RequestContext(0, asked, NO_RESPONSE, scheme, this.#running, 0, true);
    context.draw = draw;
    const passed = scheme === 'https' ? passedThrough(context) : undefined;
    if (passed !== undefined) return passed;
    const answer = walk(context);
    if (answer !== undefined && !takesErrorBackend(context, answer.status, false)) conclude(context, answer);
    return {
      record: recordOf(context, answer),
      answer,
      upstreamUrl: context.upstreamUri ?? context.request.url,
      pinned: context.balancer?.pinned(context),
      requestHeaders: () => (context.balancer === undefined ? [] : proxyHeaders(context)),
      responseHeaders: () => {
        const headers: string[] = [...(answer?.headers ?? [])];
        addHeaders(context, headers, answer?.status ?? 200);
        return headers;
      },
    };
  }

  /** What the phases would decide about one request. */
  decide(request: HypotheticalRequest): DecisionRecord {
    return this.walk(request).record;
  }
}

/** What goes on undecrypted: its handshake names the host that the request asks for. */
function passedThrough(context: RequestContext): Hypothetical | undefined {
  const { configuration } = context.running;
  if (configuration.passthrough.length === 0) return undefined;
  readHead(context);
  const passed = configuration.passthrough.find(({ hostname }) => hostname === context.host);
  if (passed === undefined) return undefined;
  findServer(context);
  context.reason = 'passed-through';
  return {
    record: recordOf(context, undefined),
    answer: undefined,
    upstreamUrl: context.request.url,
    pinned: undefined,
    requestHeaders: () => [],
    responseHeaders: () => [],
  };
}

function conclude(context: RequestContext, { status, reason, location }: Answer): void {
  context.status = statusSent(status);
  context.reason = reason;
  context.redirectTo = location;
}

function recordOf(context: RequestContext, answer: Answer | undefined): DecisionRecord {
  const record = emptyRecord();
  writeRecord(context, record);
  if (record.canary !== 'weight') record.draw = 0;
  if (answer === undefined && isBuiltInBackend(record, context.running.http))
    record.status = record.url.split('?')[0] === context.running.http.healthCheckPath ? 200 : 404;
  return record;
}

/** Whether the controller's own 404 page answers, and not the Service of --default-backend-service. */
function isBuiltInBackend({ upstream }: DecisionRecord, { defaultServerPort }: HttpDirectives): boolean {
  return upstream?.name === DEFAULT_UPSTREAM && upstream.endpoints[0]?.port === defaultServerPort;
}

function nobody(like: Running | undefined): ProxyParts {
  const chance = new Random('hypothetical').fork('nothing');
  const clock = {
    now: () => like?.clock.now() ?? 0,
    requestNow: () => like?.clock.requestNow() ?? 0,
    after: () => () => {},
    runAt: () => () => {},
    afterRequest: () => () => {},
  };
  return {
    clock,
    podIp: '',
    controllerPod: '',
    records: new DecisionRecords(1),
    splits: new SplitCounters(() => 0),
    traceHeader: false,
    dial: () => 'refused',
    resolve: () => undefined,
    drawStream: () => chance,
    newRequestId: () => '',
    balancerChance: chance,
    certificateReader: { parse: () => undefined, isSignedBy: () => false },
    accessLog: () => {},
    errorLog: () => {},
    cipherFailure: () => '',
    status: new StubStatus(),
    measure: undefined,
  };
}

const NO_RESPONSE: HttpResponse = Object.freeze({
  closed: true,
  writeHead: () => {},
  write: () => true,
  drained: () => Promise.resolve(),
  end: () => {},
  destroy: () => {},
  onClose: () => {},
});
