import { formatDuration } from '../../apimachinery/duration.ts';
import { ListenError } from '../../host/edge/listen.ts';
import { runningSandboxes } from '../../host/run-file.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** What a port is for, in messages. */
export type PortFlag = 'http-port' | 'https-port' | 'ui-port' | 'api-port' | 'dns-port';

/** Port numbers by what they are for. */
type PortNumbers = { readonly [flag in PortFlag]: number | undefined };

const PORT_FLAGS: readonly PortFlag[] = Object.freeze(['http-port', 'https-port', 'ui-port', 'api-port', 'dns-port']);

/**
 * Binds with the port asked for. A taken default port moves to a free one unless a sandbox of this user holds it.
 * @param port.given whether the user named the port
 * @param port.yields whether it moves for a sandbox of this user too
 * @throws CliError environment
 */
export async function bindPort<T>(
  port: { flag: PortFlag; number: number; given: boolean; another: boolean; yields?: boolean },
  bind: (number: number) => Promise<T>,
): Promise<T> {
  const { flag, given, another } = port;
  const number = another && !given ? 0 : port.number;
  try {
    return await bind(number);
  } catch (error) {
    // What is started together may fail for the other's port.
    if (!(error instanceof ListenError) || error.port !== number) throw error;
    if (error.code === 'failed')
      throw new CliError(
        EXIT.environment,
        `${error.message}\n  --bind takes an address of this machine, such as 127.0.0.1.`,
      );
    if (given)
      throw new CliError(
        EXIT.environment,
        `--${flag} ${number}: ${error.message}\n  Name another port, or 0 for any free one.`,
      );
    if (port.yields !== true) refuseBesideOwn(number);
    return bind(0);
  }
}

/** Says in a box which ports were moved because another program has the wanted ones; empty when all are as wanted. */
export function movedPortsBox(wanted: PortNumbers, actual: PortNumbers): string {
  const lines = PORT_FLAGS.filter((flag) => wanted[flag] !== 0 && wanted[flag] !== actual[flag]).map(
    (flag) => `port ${wanted[flag]} is taken by another program: --${flag} is ${actual[flag]} now`,
  );
  if (lines.length === 0) return '';
  const width = Math.max(...lines.map((line) => line.length));
  const edge = `+${'-'.repeat(width + 2)}+`;
  return [edge, ...lines.map((line) => `| ${line.padEnd(width)} |`), edge].join('\n');
}

/** @throws CliError when a sandbox of this user holds the port */
function refuseBesideOwn(port: number): void {
  const holder = runningSandboxes().find(({ ports }) => ports.includes(port));
  if (holder === undefined) return;
  const age = formatDuration(Math.floor((Date.now() - holder.startedAt) / 1000) * 1000);
  throw new CliError(
    EXIT.environment,
    [
      `port ${port} belongs to your running sandbox: pid ${holder.pid}, ${holder.scenario}, started ${age} ago`,
      `  Stop it:            npx k8s-ingress-sandbox stop ${holder.pid}`,
      '  Or start beside it: add --another',
    ].join('\n'),
  );
}
