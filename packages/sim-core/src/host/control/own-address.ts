import type { IncomingMessage } from 'node:http';
import type { GuardOptions } from './guard.ts';

/** Names of this machine for itself. */
export const LOCAL_NAMES: readonly string[] = Object.freeze(['localhost', '127.0.0.1', '[::1]']);

/** How a port of ours is reached. */
export interface OwnAddress {
  /** Through a tunnel. */
  readonly publicUrl?: string | undefined;
  /** As which hosts; those of this machine for itself by default. */
  readonly names?: readonly string[];
}

/** Under which names a port of ours answers, and where else its page is reached: exactly that, nothing else. */
export function guardFor(token: string, port: number, { publicUrl, names = LOCAL_NAMES }: OwnAddress): GuardOptions {
  const hosts = names.map((name) => (port === 80 ? name : `${name}:${port}`));
  const origins = hosts.map((host) => `http://${host}`);
  if (publicUrl !== undefined) {
    hosts.push(new URL(publicUrl).host);
    origins.push(new URL(publicUrl).origin);
  }
  return { token, hosts: new Set(hosts), origins: new Set(origins), cookieName: `sid_${port}` };
}

/** A path of ours; `//host/…` is none, because a browser would leave us for it. */
export function parseUrl({ url = '' }: IncomingMessage): URL | undefined {
  if (!url.startsWith('/') || !URL.canParse(`http://control${url}`)) return undefined;
  const parsed = new URL(`http://control${url}`);
  return parsed.pathname.startsWith('//') ? undefined : parsed;
}
