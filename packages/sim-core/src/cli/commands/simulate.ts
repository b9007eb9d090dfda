import { type Cluster, type DecisionRecord, splitRow } from '../../index.ts';
import type { SplitRow } from '../../wire.ts';
import type { Command, Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readManifests } from '../load-manifests.ts';
import { HEADER_FLAG, headersOf, requestUrl } from '../request-flags.ts';
import { splitTable } from '../split-table.ts';
import { virtualCluster } from '../virtual-cluster.ts';

const FLAGS = {
  requests: { type: 'number', whole: true, least: 1, most: 10_000_000, value: 'N', default: 10_000, help: 'how many' },
  url: { type: 'text', value: 'URL', help: 'what is asked; the ingress load balancer without it' },
  header: HEADER_FLAG,
  seed: { type: 'text', value: 'N', help: 'seed of all chance' },
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'starts an ingress controller' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

/** Requests a virtual second. */
const RATE = 1000;
/** Time for the last answers, milliseconds. */
const LAST_ANSWERS = 10_000;

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
    const { cluster } = virtualCluster(input, manifests, flags);
    const counts = fire(cluster, urlFor(cluster, flags.url), requests, headers);
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
function urlFor(cluster: Cluster, given: string | undefined): string {
  const hostname = cluster.edge.ingressLoadBalancer()?.hostname;
  const url = (given ?? 'http://LOAD_BALANCER/').replaceAll('LOAD_BALANCER', hostname ?? 'LOAD_BALANCER');
  if (url.includes('LOAD_BALANCER')) {
    throw new CliError(
      EXIT.refused,
      'no ingress controller runs here\n  Name a --url, or start one: --addon ingress-nginx',
    );
  }
  return requestUrl(url);
}

/** Sends requests and counts how they end, most first. */
function fire(cluster: Cluster, url: string, count: number, headers: Record<string, string>): Count[] {
  const counts = new Map<string, Count>();
  let recorded = 0;
  const add = (service: string, status: number | null, requests = 1) => {
    const key = `${service} ${status}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { service, status, requests });
    else known.requests += requests;
  };
  const stop = cluster.records.onWritten((record: DecisionRecord) => {
    recorded++;
    add(serviceOf(record), record.status);
  });
  const load = cluster.loads.start({ url, rate: RATE, count, headers });
  cluster.advance((count / RATE) * 1000 + LAST_ANSWERS);
  stop();
  if (load.answered > recorded) add('', null, load.answered - recorded);
  if (load.sent > Math.max(load.answered, recorded)) add('', 0, load.sent - Math.max(load.answered, recorded));
  return [...counts.values()].sort((a, b) => b.requests - a.requests);
}

function serviceOf({ upstream }: DecisionRecord): string {
  return upstream === undefined || upstream.service === '' ? '' : `${upstream.namespace}/${upstream.service}`;
}
