import { formatDuration } from '../../apimachinery/duration.ts';
import type { Snapshot, SplitRow } from '../../wire.ts';
import type { Command, Output } from '../command.ts';
import { callControl, findSandbox } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { headersOf, requestUrl } from '../request-flags.ts';
import { splitTable } from '../split-table.ts';

const FLAGS = {
  rate: {
    type: 'number',
    least: 0.1,
    value: 'N',
    default: 20,
    help: 'requests a second, whether they are answered or not',
  },
  duration: { type: 'duration', value: '30s', default: 30_000, help: 'how long' },
  header: { type: 'list', value: 'NAME:VALUE', help: 'a request header; may be given several times' },
  'new-connections': { type: 'switch', help: 'a new connection for every request' },
  'keep-alive': { type: 'switch', help: 'kept connections (the default)' },
  'client-ip': { type: 'text', value: 'ADDRESS', help: 'address that the clients have' },
  name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' },
} as const;

/** How often the table is read, milliseconds. */
const TICK = 500;

export const load: Command = {
  name: 'load',
  usage: '<url>',
  summary: 'Fires load at a running sandbox and shows the split.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [url] = positionals;
    if (url === undefined) throw new CliError(EXIT.usage, 'load needs a URL, such as http://<load balancer hostname>/');
    const sandbox = findSandbox(flags.name);
    const duration = Number(flags.duration);
    const options = {
      url: requestUrl(url),
      rate: flags.rate,
      duration: formatDuration(duration),
      headers: headersOf(flags.header),
      newConnections: flags['new-connections'] === true,
      clientIp: flags['client-ip'],
      startedBy: 'load',
    };
    const started = await callControl<{ id?: string; message?: string }>(sandbox, 'POST', '/api/v1/load', options);
    if (started.status !== 200)
      throw new CliError(EXIT.refused, started.body.message ?? `the sandbox answered ${started.status}`);
    await watch(sandbox, String(started.body.id), duration, output);
    return EXIT.ok;
  },
};

async function watch(
  sandbox: ReturnType<typeof findSandbox>,
  id: string,
  duration: number,
  output: Output,
): Promise<void> {
  const live = process.stdout.isTTY === true;
  let sent = { sent: 0, answered: 0, failed: 0 };
  for (let waited = 0; waited < duration + 2 * TICK; waited += TICK) {
    await new Promise((resolve) => setTimeout(resolve, TICK));
    const { body } = await callControl<Snapshot>(sandbox, 'GET', '/api/v1/snapshot');
    const mine = body.load.find((each) => each.id === id);
    if (mine !== undefined) sent = mine;
    if (live) output.write(`\r${sent.sent} sent, ${sent.answered} answered, ${sent.failed} failed   `);
    if (mine === undefined) break;
  }
  const { body: rows } = await callControl<SplitRow[]>(sandbox, 'GET', '/api/v1/split');
  output.out(`${live ? '\r' : ''}${sent.sent} sent, ${sent.answered} answered, ${sent.failed} failed`);
  output.out(splitTable(rows).join('\n'));
}
