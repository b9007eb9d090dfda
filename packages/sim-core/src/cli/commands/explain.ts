import { explain as explainRequest } from '../../explain/explain.ts';
import type { Question } from '../../explain/request-target.ts';
import { formatTrace } from '../../explain/text.ts';
import { boxIds } from '../../index.ts';
import type { RequestTrace } from '../../wire.ts';
import { type Command, PROGRAM } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { type FlagValues, parseFlags } from '../flags.ts';
import { readManifests } from '../read-manifests.ts';
import { HEADER_FLAG, headersOf } from '../request-flags.ts';
import { virtualCluster } from '../virtual-cluster.ts';
import { PLAIN_EDGE, worldOf } from '../world.ts';

const FLAGS = {
  method: { type: 'text', default: 'GET', help: 'method of the request' },
  header: HEADER_FLAG,
  cookie: { type: 'list', value: 'NAME=VALUE', help: 'a cookie; may be given several times' },
  file: { type: 'list', value: 'FILE', help: 'asks a cluster made from these files, not a running sandbox' },
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'with --file: as if this add-on ran' },
  name: SANDBOX_FLAG,
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

/** Stands for the ingress load balancer's hostname in a URL. */
const LOAD_BALANCER = 'LOAD_BALANCER';

export const explain: Command = {
  flags: FLAGS,
  examples: [
    'explain http://shop.example.com/cart --header "FOO: bar"',
    'explain 17',
    'explain http://LOAD_BALANCER/ --file canary.yaml',
  ],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [what, ...others] = positionals;
    if (what === undefined || others.length > 0) {
      throw new CliError(
        EXIT.usage,
        `explain needs a URL, or the id of a request (its X-Sandbox-Request header):\n  ${PROGRAM} explain http://LOAD_BALANCER/`,
      );
    }
    const trace = flags.file.length > 0 ? explainFiles(what, flags) : await explainLive(what, flags);
    output.out(flags.output === 'json' ? JSON.stringify(trace) : formatTrace(trace));
    return EXIT.ok;
  },
};

function explainLive(what: string, flags: FlagValues<typeof FLAGS>): Promise<RequestTrace> {
  const client = new ControlClient(findSandbox(flags.name));
  if (/^\d+$/.test(what)) return client.get<RequestTrace>(`/api/v1/traces/${what}`);
  return client.post<RequestTrace>('/api/v1/explain', questionOf(withScheme(what), flags));
}

/** @throws CliError refused */
function explainFiles(what: string, flags: FlagValues<typeof FLAGS>): RequestTrace {
  const { input, manifests } = readManifests('explain', flags.file, { packaged: true });
  const { cluster, outcomes } = virtualCluster(input, manifests, flags);
  const hostname = cluster.edge.ingressLoadBalancer()?.hostname;
  if (hostname === undefined && what.includes(LOAD_BALANCER)) {
    throw new CliError(EXIT.refused, 'no ingress controller runs here\n  Add one: --addon ingress-nginx');
  }
  const question = questionOf(what.replaceAll(LOAD_BALANCER, hostname ?? ''), flags);
  try {
    return explainRequest(question, { world: worldOf(cluster, outcomes, PLAIN_EDGE), ids: boxIds(cluster) });
  } catch (error) {
    throw new CliError(EXIT.refused, (error as Error).message);
  }
}

function questionOf(url: string, flags: FlagValues<typeof FLAGS>): Question {
  return { method: flags.method ?? 'GET', url, headers: headersOf(flags.header, flags.cookie) };
}

/** `shop.example.com/cart` is enough. */
function withScheme(url: string): string {
  return /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`;
}
