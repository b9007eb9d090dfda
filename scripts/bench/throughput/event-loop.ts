import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Forgets what was measured so far. */
export function resetEventLoop(child: ChildProcess): void {
  child.send('reset');
}

/** 99th percentile of the event loop's delay since the last reset, milliseconds. */
export async function eventLoopP99(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message');
  child.send('read');
  const [{ p99 }] = (await answer) as [{ p99: number }];
  return p99;
}
