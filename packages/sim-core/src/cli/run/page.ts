import { randomBytes } from 'node:crypto';
import { listen } from '../../host/edge/listen.ts';
import type { RunFlags } from './run-flags.ts';
import type { Session } from './session.ts';

/** The page and control API of a run. */
export interface Page {
  readonly port: number;
  readonly url: string;
  readonly link: string;
  readonly token: string;
  close(): Promise<void>;
}

/** Serves the page on this machine. @throws ListenError */
export async function startPage(_session: Session, port: number, _flags: RunFlags): Promise<Page> {
  const token = randomBytes(16).toString('hex');
  const listener = await listen(['127.0.0.1', '::1'], port, (socket) => socket.destroy());
  const url = `http://127.0.0.1:${listener.port}`;
  return { port: listener.port, url, link: `${url}/?token=${token}`, token, close: async () => listener.close() };
}
