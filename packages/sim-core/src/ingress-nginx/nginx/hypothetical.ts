import { Random } from '../../sim/random.ts';
import type { HttpResponse } from '../../workloads/workload.ts';
import { DEFAULT_BACKEND_PORT, DEFAULT_UPSTREAM, type NginxConfiguration } from './configuration.ts';
import { type DecisionRecord, DecisionRecords, emptyRecord } from './decision-record.ts';
import { writeRecord } from './phases/log.ts';
import { walk } from './request.ts';
import { RequestContext } from './request-context.ts';
import { load, type ProxyParts, type Running } from './running.ts';
import { SplitCounters } from './split-counters.ts';

/** A request that nobody sends. */
export interface HypotheticalRequest {
  readonly method: string;
  /** Path and query, raw. */
  readonly url: string;
  readonly scheme: 'http' | 'https';
  /** Flat; with the Host header. */
  readonly headers: readonly string[];
  readonly remoteAddress: string;
}

/**
 * A proxy that serves nobody: it walks the phases for requests that were never sent, on a snapshot, and says what they
 * would decide. Nothing is drawn, counted, sent or remembered.
 */
export class HypotheticalProxy {
  readonly #running: Running;

  /** @throws SyntaxError for a regex that does not compile */
  constructor(configuration: NginxConfiguration) {
    this.#running = load(configuration, nobody());
  }

  /** Status 0: a pod would answer. A weight that would be drawn shows in `drawTotal`, with `draw` 0. */
  decide({ scheme, ...request }: HypotheticalRequest): DecisionRecord {
    const context = new RequestContext(
      0,
      { ...request, httpVersion: '1.1' },
      NO_RESPONSE,
      scheme,
      this.#running,
      0,
      true,
    );
    const answer = walk(context);
    context.status = answer === undefined ? 0 : answer.status === 497 ? 400 : answer.status;
    context.reason = answer?.reason;
    context.redirectTo = answer?.location;
    const record = emptyRecord();
    writeRecord(context, record);
    if (record.canary === 'weight' && record.weight >= record.drawTotal) this.#sendToCanary(record);
    if (answer === undefined && isBuiltInBackend(record))
      record.status = record.url.split('?')[0] === '/healthz' ? 200 : 404;
    return record;
  }

  /** A weight of everything needs no draw. */
  #sendToCanary(record: DecisionRecord): void {
    record.toCanary = true;
    record.upstream = this.#running.balancers.get(record.primary?.alternativeBackends[0] ?? '')?.upstream;
  }
}

/** Whether the controller's own 404 page answers, and not the Service of --default-backend-service. */
function isBuiltInBackend({ upstream }: DecisionRecord): boolean {
  return upstream?.name === DEFAULT_UPSTREAM && upstream.endpoints[0]?.port === DEFAULT_BACKEND_PORT;
}

function nobody(): ProxyParts {
  const chance = new Random('hypothetical').fork('nothing');
  const clock = { now: () => 0, requestNow: () => 0, after: () => () => {}, afterRequest: () => () => {} };
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
    accessLog: () => {},
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
