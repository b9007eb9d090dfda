import { type Cluster, type DecisionRecord, simulateRequests, splitRow } from '../../index.ts';
import type { SplitRow } from '../../wire.ts';
import type { Command, Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readManifests } from '../read-manifests.ts';
import { HEADER_FLAG, headersOf, requestUrl } from '../request-flags.ts';
import { splitTable } from '../split-table.ts';
import { virtualCluster } from '../virtual-cluster.ts';

const FLAGS = {
  requests: { type: 'number', whole: true, least: 1, most: 10_000_000, value: 'N', default: 10_000, help: 'how many' },
  url: { type: 'list', value: 'URL', help: 'what is asked, several in turn; the ingress load balancer without it' },
  header: HEADER_FLAG,
  seed: { type: 'text', value: 'N', help: 'seed of all chance' },
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'starts an ingress controller' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

/** Requests a virtual second. */
const RATE = 1000;

/** How many requests ended in the same way. */
interface Count {
  /** `namespace/name`; '' where no Service answered. */
  readonly service: string;
  /** 0: closed without an answer; null: answered by a Service that no Ingress stands before. */
  readonly status: number | null;
  requests: number;
}

export const simulate: Command = {
  flags: FLAGS,
  examples: ['simulate canary.yaml --requests 20000', 'simulate canary-header.yaml --header "FOO: bar"'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const { requests = 1 } = flags;
    const headers = headersOf(flags.header);
    const { input, manifests } = readManifests('simulate', positionals, { packaged: true });
    // Nobody looks at the answers' headers.
    const { cluster } = virtualCluster(input, manifests, flags, { traceHeader: false });
    const urls = (flags.url.length > 0 ? flags.url : ['http://LOAD_BALANCER/']).map((url) => urlFor(cluster, url));
    const counts = await fire(cluster, urls, requests, headers);
    const split = cluster.splits.all().map(splitRow);
    const { seed } = cluster.settings;
    if (flags.output === 'json') output.out(JSON.stringify({ requests, seed, answers: counts, split }));
    else print({ requests, seed, counts, split }, output);
    return EXIT.ok;
  },
};

function print(
  { requests, seed, counts, split }: { requests: number; seed: string; counts: readonly Count[]; split: SplitRow[] },
  output: Output,
): void {
  output.out(`${requests} requests in virtual time, seed ${seed}`);
  const width = Math.max(...counts.map((each) => nameOf(each).length));
  for (const each of counts) output.out(`  ${nameOf(each).padEnd(width)}  ${each.requests}`);
  output.out(splitTable(split).join('\n'));
}

function nameOf({ service, status }: Count): string {
  if (status === null) return '(answered past the ingress controller)';
  if (status === 0) return '(closed without an answer)';
  return `${service === '' ? '(no Service)' : service} ${status}`;
}

/** @throws CliError refused when no ingress controller is published, usage for a URL that is none */
function urlFor(cluster: Cluster, given: string): string {
  const hostname = cluster.edge.ingressLoadBalancer()?.hostname;
  const url = given.replaceAll('LOAD_BALANCER', hostname ?? 'LOAD_BALANCER');
  if (url.includes('LOAD_BALANCER')) {
    throw new CliError(
      EXIT.refused,
      'no ingress controller runs here\n  Name a --url, or start one: --addon ingress-nginx',
    );
  }
  return requestUrl(url);
}

/** Sends requests and counts how they end, most first. */
async function fire(
  cluster: Cluster,
  urls: readonly string[],
  count: number,
  headers: Record<string, string>,
): Promise<Count[]> {
  const tally = new Tally();
  const stop = cluster.records.onWritten((record) => tally.add(record));
  const answered = await simulateRequests(cluster, { urls, rate: RATE, count, headers });
  stop();
  return tally.counts(count, answered);
}

/** How requests ended, by what answered and with which status. Thousands in a row end alike. */
class Tally {
  readonly #byStatus = new Map<number, Map<DecisionRecord['upstream'], Count>>();
  #recorded = 0;
  #last: Count | undefined;
  #lastUpstream: DecisionRecord['upstream'];

  add({ status, upstream }: DecisionRecord): void {
    this.#recorded++;
    if (this.#last === undefined || this.#last.status !== status || this.#lastUpstream !== upstream) {
      this.#last = this.#countOf(status, upstream);
      this.#lastUpstream = upstream;
    }
    this.#last.requests++;
  }

  /** Most first, with those that left no record. */
  counts(sent: number, answered: number): Count[] {
    const counts = new Map<string, Count>();
    for (const each of [...this.#byStatus.values()].flatMap((byUpstream) => [...byUpstream.values()])) {
      const key = `${each.service} ${each.status}`;
      counts.set(key, { ...each, requests: each.requests + (counts.get(key)?.requests ?? 0) });
    }
    const past = answered - this.#recorded;
    const closed = sent - Math.max(answered, this.#recorded);
    return [
      ...counts.values(),
      ...(past > 0 ? [{ service: '', status: null, requests: past }] : []),
      ...(closed > 0 ? [{ service: '', status: 0, requests: closed }] : []),
    ].sort((a, b) => b.requests - a.requests);
  }

  #countOf(status: number, upstream: DecisionRecord['upstream']): Count {
    const byUpstream = this.#byStatus.get(status) ?? new Map<DecisionRecord['upstream'], Count>();
    this.#byStatus.set(status, byUpstream);
    const count = byUpstream.get(upstream) ?? { service: serviceOf(upstream), status, requests: 0 };
    byUpstream.set(upstream, count);
    return count;
  }
}

function serviceOf(upstream: DecisionRecord['upstream']): string {
  return upstream === undefined || upstream.service === '' ? '' : `${upstream.namespace}/${upstream.service}`;
}
