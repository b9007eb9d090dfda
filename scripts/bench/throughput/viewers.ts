import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Sandbox } from './sandbox.ts';

/** A WebSocket of the package `ws`, as far as it is used here. */
interface Viewer {
  on(event: 'message', listener: () => void): void;
  on(event: 'open' | 'error', listener: (error?: Error) => void): void;
  close(): void;
}

const require = createRequire(join(import.meta.dirname, '..', '..', '..', 'packages', 'sim-core', 'package.json'));

/** Attaches pages to the feed that read along. @returns how to detach them */
export async function attachViewers({ control, token }: Sandbox, count: number): Promise<() => void> {
  const WebSocket = require('ws') as new (url: string, options: object) => Viewer;
  const cookie = await sessionCookie(control, token);
  const url = `${control.replace('http', 'ws')}/api/v1/feed`;
  const viewers = Array.from({ length: count }, () => new WebSocket(url, { headers: { cookie, origin: control } }));
  await Promise.all(viewers.map(isOpen));
  return () => {
    for (const viewer of viewers) viewer.close();
  };
}

/** Signs in as a page does that is opened by its link. */
async function sessionCookie(control: string, token: string): Promise<string> {
  const answer = await fetch(`${control}/?token=${token}`, { redirect: 'manual' });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function isOpen(viewer: Viewer): Promise<void> {
  return new Promise((resolve, reject) => {
    viewer.on('open', () => resolve());
    viewer.on('error', reject);
    viewer.on('message', () => {});
  });
}
