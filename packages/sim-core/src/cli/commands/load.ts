import type { SplitRow } from '../../wire.ts';
import { type Command, type Output, PROGRAM } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { HEADER_FLAG, headersOf, requestUrl } from '../request-flags.ts';
import { splitTable } from '../split-table.ts';

const FLAGS = {
  rate: {
    type: 'number',
    least: 0.1,
    most: 10_000,
    value: 'N',
    default: 20,
    help: 'requests a second, whether they are answered or not',
  },
  duration: { type: 'duration', value: '30s', help: 'how long (default 30s)' },
  header: HEADER_FLAG,
  'new-connections': { type: 'switch', help: 'a new connection for every request' },
  'keep-alive': { type: 'switch', help: 'kept connections (the default)' },
  'client-ip': { type: 'text', value: 'ADDRESS', help: 'address that the clients have' },
  name: SANDBOX_FLAG,
} as const;

const USUAL_DURATION = 30_000;
/** How often the counts are read, milliseconds. */
const TICK = 250;
/** Longest wait for answers after the last request, milliseconds. */
const LAST_ANSWERS = 1000;

/** How the load goes. */
interface Progress {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly done: boolean;
}

export const load: Command = {
  flags: FLAGS,
  examples: ['load http://LOAD_BALANCER/', 'load http://LOAD_BALANCER/ --rate 200 --duration 1m --header "FOO: bar"'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [url, ...others] = positionals;
    if (url === undefined || others.length > 0) {
      throw new CliError(
        EXIT.usage,
        `load needs one URL; LOAD_BALANCER in it stands for the ingress load balancer:\n  ${PROGRAM} load http://LOAD_BALANCER/`,
      );
    }
    const client = new ControlClient(findSandbox(flags.name));
    const duration = flags.duration ?? USUAL_DURATION;
    const { id } = await client.post<{ id: string }>('/api/v1/load', {
      url: requestUrl(url),
      rate: flags.rate,
      duration: `${duration}ms`,
      headers: headersOf(flags.header),
      newConnections: flags['new-connections'] === true,
      ...(flags['client-ip'] === undefined ? {} : { clientIp: flags['client-ip'] }),
      startedBy: 'load',
    });
    await watch(client, id, output);
    return EXIT.ok;
  },
};

/** Shows counts and split until the load has ended and its last answers are in; on a terminal as it goes. */
async function watch(client: ControlClient, id: string, output: Output): Promise<void> {
  const clear = process.stdout.isTTY === true ? '\r\u001b[J' : '';
  let counts = await client.get<Progress>(`/api/v1/load/${id}`);
  for (let late = 0; !counts.done || (counts.answered < counts.sent && late < LAST_ANSWERS); ) {
    await new Promise((resolve) => setTimeout(resolve, TICK));
    if (counts.done) late += TICK;
    counts = await client.get<Progress>(`/api/v1/load/${id}`);
    if (clear === '') continue;
    output.write(`${clear}${describeCounts(counts)}  ${shareLine(await client.get<SplitRow[]>('/api/v1/split'))}`);
  }
  output.out(`${clear}${describeCounts(counts)}`);
  output.out(splitTable(await client.get<SplitRow[]>('/api/v1/split')).join('\n'));
}

function describeCounts({ sent, answered, failed }: Progress): string {
  return `${sent} sent, ${answered} answered, ${failed} failed`;
}

/** The first canary in a few words. */
function shareLine([row]: readonly SplitRow[]): string {
  if (row === undefined || row.n === 0) return '';
  return `${row.canaryService}: ${((row.canary / row.n) * 100).toFixed(1)} % (weight ${row.weight})`;
}
