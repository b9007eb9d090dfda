import type { LifecycleHandler } from '../api/core-v1/pod.ts';
import { exchange } from '../network/exchange.ts';
import { type ProbeTarget, portOf } from './probes/attempt.ts';

/** Milliseconds of request time that an HTTP hook may take; the grace period usually ends it sooner. */
const LONGEST_HOOK = 600_000;

const SIGKILLED = 137;

const UNITS: Readonly<Record<string, number>> = Object.freeze({ '': 1000, s: 1000, m: 60_000, h: 3_600_000 });

/**
 * Runs a postStart or preStop handler (pkg/kubelet/lifecycle/handlers.go) and calls `done` once, with what went wrong if
 * something did. A command that is not simulated succeeds after as long as the `sleep`s in it take.
 */
export function runHook(handler: LifecycleHandler, target: ProbeTarget, done: (error?: string) => void): void {
  const { clock } = target;
  if (handler.httpGet) return httpHook(handler.httpGet, target, done);
  const after = (wait: number): void => {
    if (wait > 0) clock.after(wait, () => done());
    else done();
  };
  if (handler.sleep) return after(handler.sleep.seconds * 1000);
  const command = handler.exec?.command ?? [];
  const began = clock.now();
  target.exec(command, LONGEST_HOOK, (result) => {
    if (result === 'not simulated') return after(commandTime(command) - (clock.now() - began));
    if (result !== 'timeout' && result.code === 0) return done();
    done(`command '${command.join(' ')}' exited with ${result === 'timeout' ? SIGKILLED : result.code}`);
  });
}

/** Milliseconds that a command takes as far as its text tells: the sum of its `sleep`s. */
function commandTime(command: readonly string[]): number {
  let milliseconds = 0;
  for (const [, amount, unit = ''] of command.join(' ').matchAll(/\bsleep\s+(\d*\.?\d+)([smh]?)/g)) {
    milliseconds += Number(amount) * (UNITS[unit] as number);
  }
  return milliseconds;
}

function httpHook(
  action: NonNullable<LifecycleHandler['httpGet']>,
  target: ProbeTarget,
  done: (error?: string) => void,
): void {
  const port = portOf(action.port, target.container);
  if (typeof port !== 'number') return done(port.output);
  const ip = action.host || target.podIp;
  const dialled = target.network.dial(ip, port, target.hostIp);
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const url = `${scheme}://${ip}:${port}${action.path ?? '/'}`;
  if (typeof dialled === 'string')
    return done(
      `Get "${url}": dial tcp ${ip}:${port}: connect: connection ${dialled === 'refused' ? 'refused' : 'timed out'}`,
    );
  const headers = ['host', `${ip}:${port}`, 'user-agent', 'kube-lifecycle/1.33', 'accept', '*/*'];
  const request = {
    method: 'GET',
    url: action.path ?? '/',
    httpVersion: '1.1',
    headers,
    remoteAddress: target.hostIp,
    ...(scheme === 'https' && { tls: { serverName: '' } }),
  };
  exchange(dialled.workload, request, target.clock, LONGEST_HOOK, (result) =>
    done(typeof result === 'string' ? `Get "${url}": ${result}` : undefined),
  );
}
