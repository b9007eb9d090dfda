import { formatDuration } from '../../apimachinery/duration.ts';
import { ListenError } from '../../host/edge/listen.ts';
import { runningSandboxes } from '../../host/run-file.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** What a port is for, in messages. */
export type PortFlag = 'http-port' | 'https-port' | 'ui-port';

/** A port that was moved because somebody else's program has the default one. */
export interface MovedPort {
  readonly flag: PortFlag;
  readonly from: number;
  readonly to: number;
}

/**
 * Binds with the port asked for. A taken default port moves to a free one unless a sandbox of this user holds it.
 * @param given whether the user named the port
 * @throws CliError environment
 */
export async function bindPort<T>(
  port: { flag: PortFlag; number: number; given: boolean; another: boolean },
  bind: (number: number) => Promise<T>,
): Promise<T> {
  const { flag, number, given, another } = port;
  try {
    return await bind(another && !given ? 0 : number);
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    if (given)
      throw new CliError(
        EXIT.environment,
        `--${flag} ${number}: ${error.message}\n  Name another port, or 0 for any free one.`,
      );
    refuseBesideOwn(number);
    return bind(0);
  }
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
