import type { Process } from '../../process.ts';

/** The User-Agent of every request. */
export const AGENT = 'curl/8.14.1';

/** `curl --version`. */
export function version({ stdout }: Process): number {
  stdout.write(`${AGENT.replace('/', ' ')} (x86_64-pc-linux-musl) libcurl/8.14.1\nProtocols: http https\n`);
  return 0;
}
