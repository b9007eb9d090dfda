import { expect, test } from 'vitest';
import type { Transport } from '../transport/transport.ts';
import { TerminalSession } from './terminal-session.ts';

/** A server whose commands run until they are ended from here, or by the page. */
function server() {
  const ends: (() => void)[] = [];
  let isAway = false;
  const transport = {
    lines: (_path: string, _body: unknown, _onLine: (line: unknown) => void, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        ends.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    call: async () => {
      if (isAway) throw new Error('away');
      return { commands: [{ name: 'get', flags: [] }] };
    },
  };
  return {
    terminal: new TerminalSession(transport as unknown as Transport),
    ends,
    leave: (away: boolean) => {
      isAway = away;
    },
  };
}

test('what runs can be ended, also after something that was started later has ended by itself', async () => {
  const { terminal, ends } = server();
  const watching = terminal.run('kubectl get pods -w');
  const short = terminal.run('kubectl get nodes');
  ends[1]?.();
  await short;
  expect(terminal.isRunning.value).toBe(true);
  terminal.interrupt();
  expect(await watching).toBe(130);
  expect(terminal.isRunning.value).toBe(false);
});

test('completion offers nothing while nobody answers, and asks again', async () => {
  const { terminal, leave } = server();
  const sources = terminal.sources(() => [], []);
  leave(true);
  expect(await sources.commands()).toEqual({ commands: [] });
  leave(false);
  expect((await sources.commands()).commands).toHaveLength(1);
});
