import type { Location } from '../ingress-nginx/nginx/configuration.ts';
import type { CanaryDecision, DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import { branch, newTable } from './branch.ts';

interface Counter {
  value: number;
}

type ByMethod = Map<string, Counter>;
type ByController = Map<string, ByMethod>;
type ByCanary = Map<string, ByController>;
type ByStatus = Map<number, ByCanary>;

/** Label sets beyond this are not counted: methods are the client's to invent. */
const MOST_LABEL_SETS = 10_000;
const NOT_A_HOST = '_';
const REQUESTS = 'nginx_ingress_controller_requests';
const CONTROLLER_CLASS = 'k8s.io/ingress-nginx';

/**
 * Totals since the start, in Prometheus' text format. `nginx_ingress_controller_requests` has the real labels and, as the
 * real one, counts requests for served hosts only (internal/ingress/metric/collectors/socket.go); ours count all.
 */
export class RequestMetrics {
  /** By labels, as printed. */
  readonly #requests = new Map<string, Counter>();
  readonly #byLocation = new WeakMap<Location, ByStatus>();
  readonly #decisions = new Map<CanaryDecision, ReturnType<typeof noRequests>>();

  /** Counts a finished request; runs for every request. */
  count(record: DecisionRecord): void {
    const { canary, toCanary, status, location, server } = record;
    const decision = branch(this.#decisions, canary, noRequests);
    if (toCanary) decision.canary++;
    else decision.main++;
    if (status >= 500) decision.errors++;
    if (location === undefined || server === undefined || server.hostname === NOT_A_HOST) return;
    const counter = this.#counterOf(location, record);
    if (counter !== undefined) counter.value++;
  }

  /** Everything counted so far. */
  print(gauges: Readonly<Record<string, number>>): string {
    const decisions = [...this.#decisions];
    return [
      ...metric(
        REQUESTS,
        'counter',
        'The total number of client requests',
        [...this.#requests].map(([labels, { value }]) => [labels, value]),
      ),
      ...metric(
        'sandbox_requests_total',
        'counter',
        'Requests that the simulated controllers answered, by what decided between main and canary',
        decisions.flatMap(([decision, { main, canary }]): [string, number][] => [
          [labelsOf({ decision, to: 'main' }), main],
          [labelsOf({ decision, to: 'canary' }), canary],
        ]),
      ),
      ...metric(
        'sandbox_request_errors_total',
        'counter',
        'Answers of 500 and above',
        decisions.map(([decision, { errors }]) => [labelsOf({ decision }), errors]),
      ),
      ...Object.entries(gauges).flatMap(([name, value]) =>
        metric(`sandbox_${name}`, 'gauge', name.replaceAll('_', ' '), [['', value]]),
      ),
      '',
    ].join('\n');
  }

  #counterOf(location: Location, record: DecisionRecord): Counter | undefined {
    const canary = record.toCanary ? (record.upstream?.name ?? '') : '';
    const byStatus = branch(this.#byLocation, location, newTable<number, ByCanary>);
    const byCanary = branch(byStatus, record.status, newTable<string, ByController>);
    const byController = branch(byCanary, canary, newTable<string, ByMethod>);
    const byMethod = branch(byController, record.controllerPod, newTable<string, Counter>);
    let counter = byMethod.get(record.method);
    if (counter === undefined) {
      counter = this.#find(location, record, canary);
      if (counter !== undefined) byMethod.set(record.method, counter);
    }
    return counter;
  }

  #find(
    { source, ingressPath }: Location,
    { host, method, status, controllerPod }: DecisionRecord,
    canary: string,
  ): Counter | undefined {
    const slash = controllerPod.indexOf('/');
    const labels = labelsOf({
      canary,
      controller_class: CONTROLLER_CLASS,
      controller_namespace: controllerPod.slice(0, slash),
      controller_pod: controllerPod.slice(slash + 1),
      host,
      ingress: source?.ingress ?? '',
      method,
      namespace: source?.namespace ?? '',
      path: ingressPath,
      service: source?.service ?? '',
      status: String(status),
    });
    const known = this.#requests.get(labels);
    if (known !== undefined || this.#requests.size >= MOST_LABEL_SETS) return known;
    const counter = { value: 0 };
    this.#requests.set(labels, counter);
    return counter;
  }
}

function noRequests(): { main: number; canary: number; errors: number } {
  return { main: 0, canary: 0, errors: 0 };
}

function metric(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: (readonly [labels: string, value: number])[],
): string[] {
  if (samples.length === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ];
}

/** `{name="value",…}` with the escapes of the text format. */
function labelsOf(labels: Readonly<Record<string, string>>): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;
}
