import type { Cluster, DecisionRecord } from '../../index.ts';
import { splitRow } from '../../index.ts';
import type { Command } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readInput } from '../input.ts';
import { headersOf, requestUrl } from '../request-flags.ts';
import { loadManifests } from '../run/load-manifests.ts';
import { splitTable } from '../split-table.ts';
import { virtualCluster } from '../virtual-cluster.ts';

const FLAGS = {
  requests: { type: 'number', whole: true, least: 1, value: 'N', default: 10_000, help: 'how many' },
  url: { type: 'text', value: 'URL', help: 'what is asked; the ingress load balancer without it' },
  header: { type: 'list', value: 'NAME:VALUE', help: 'a request header' },
  seed: { type: 'text', value: 'N', help: 'seed of all chance' },
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'starts an ingress controller' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

/** Requests a virtual second. */
const RATE = 1000;

export const simulate: Command = {
  name: 'simulate',
  usage: '<file|dir|-> …',
  summary: 'Sends requests in virtual time, without sockets, and shows where they went.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    if (positionals.length === 0)
      throw new CliError(EXIT.usage, 'simulate needs a file, a folder, or - for standard input');
    const input = readInput(positionals, { packaged: true });
    const manifests = loadManifests(input.files);
    if (manifests.errors.length > 0) throw new CliError(EXIT.refused, manifests.errors.join('\n'));
    const { cluster } = virtualCluster(input.files, manifests, flags);
    const count = Number(flags.requests);
    const went = fire(
      cluster,
      flags.url === undefined ? defaultUrl(cluster) : requestUrl(flags.url),
      count,
      flags.header,
    );
    const split = cluster.splits.all().map(splitRow);
    if (flags.output === 'json')
      output.out(
        JSON.stringify({ requests: count, seed: cluster.settings.seed, services: Object.fromEntries(went), split }),
      );
    else {
      output.out(`${count} requests in virtual time, seed ${cluster.settings.seed}`);
      for (const [service, n] of went) output.out(`  ${service.padEnd(40)} ${n}`);
      output.out(splitTable(split).join('\n'));
    }
    return EXIT.ok;
  },
};

/** @throws CliError refused when nothing outside is published */
function defaultUrl(cluster: Cluster): string {
  const balancer = cluster.edge.ingressLoadBalancer();
  if (balancer === undefined)
    throw new CliError(EXIT.refused, 'no ingress controller runs here: name a --url, or add --addon ingress-nginx');
  return `http://${balancer.hostname}/`;
}

/** Requests by the Service and status that answered them. */
function fire(cluster: Cluster, url: string, count: number, headerList: readonly string[]): Map<string, number> {
  const went = new Map<string, number>();
  const stop = cluster.records.onWritten((record: DecisionRecord) => {
    const key =
      record.upstream === undefined || record.upstream.service === ''
        ? `(no Service: ${record.status})`
        : `${record.upstream.namespace}/${record.upstream.service} ${record.status}`;
    went.set(key, (went.get(key) ?? 0) + 1);
  });
  const load = cluster.loads.start({ url, rate: RATE, count, headers: headersOf(headerList) });
  cluster.advance((count / RATE) * 1000 + 10_000);
  stop();
  const silent = load.sent - load.answered;
  if (silent > 0) went.set('(closed without an answer)', silent);
  return new Map([...went].sort(([, a], [, b]) => b - a));
}
