import { isIP } from 'node:net';
import { CliError, EXIT } from '../exit-codes.ts';

export const LOOPBACK: readonly string[] = Object.freeze(['127.0.0.1', '::1']);

/** Where a run listens, as its user reaches it. */
export interface Addresses {
  /** `http://127.0.0.1:8080`. */
  readonly http: string;
  readonly https: string;
  /** A URL of a load balancer's own port becomes one of the load balancer; any other stays as it is. */
  toLoadBalancer(url: string): string;
}

/** What `--bind` asks for. */
export interface BoundEdge {
  /** Addresses to listen on. */
  readonly addresses: readonly string[];
  /** The one to reach it under on this machine, as it stands in a URL. */
  readonly host: string;
  readonly isLoopback: boolean;
}

/**
 * Takes `--bind` apart: every address of this machine (`0.0.0.0`, `::`), `localhost`, or one address.
 * @throws CliError usage for anything else
 */
export function readBind(text = 'localhost'): BoundEdge {
  if (text === 'localhost' || LOOPBACK.includes(text)) {
    return { addresses: LOOPBACK, host: '127.0.0.1', isLoopback: true };
  }
  if (text === '0.0.0.0') return { addresses: [text], host: '127.0.0.1', isLoopback: false };
  if (text === '::') return { addresses: ['0.0.0.0', '::'], host: '127.0.0.1', isLoopback: false };
  const family = isIP(text);
  if (family === 0) {
    throw new CliError(
      EXIT.usage,
      `--bind takes an IP address of this machine, not "${text}"\n  All of them: --bind 0.0.0.0`,
    );
  }
  return { addresses: [text], host: family === 6 ? `[${text}]` : text, isLoopback: text.startsWith('127.') };
}

/** What is known of an edge's own ports. */
export interface OwnPort {
  readonly hostname: string;
  readonly ports: readonly { readonly port: number; readonly url: string }[];
}

/** See {@link Addresses.toLoadBalancer}. */
export function toLoadBalancer(url: string, balancers: readonly OwnPort[]): string {
  for (const { hostname, ports } of balancers) {
    for (const { port, url: own } of ports) {
      const local = new RegExp(`^https?://(127\\.0\\.0\\.1|localhost|\\[::1\\]):${new URL(own).port}(?=[/?#]|$)`, 'i');
      if (local.test(url)) return url.replace(local, `${new URL(own).protocol}//${hostname}:${port}`);
    }
  }
  return url;
}
