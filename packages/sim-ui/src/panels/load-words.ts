import type { LoadState, SplitRow, WireLoadBalancer } from '@k8s-ingress-sandbox/sim-core/wire';

/** Stops of the rate slider, requests a second. */
export const RATES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] as const;

/** The stop that is nearest to a rate. */
export function stopFor(rate: number): number {
  const distances = RATES.map((stop) => Math.abs(Math.log(stop) - Math.log(Math.max(rate, 0.1))));
  return distances.indexOf(Math.min(...distances));
}

/** Where requests go when nobody says: where they go already, else to the measured host, else to the ingress. */
export function defaultUrl(
  load: readonly LoadState[],
  split: readonly SplitRow[],
  balancers: readonly WireLoadBalancer[],
): string {
  const [running] = load;
  if (running) return running.url;
  const [row] = split;
  const balancer =
    balancers.find(({ ingress, hostname }) => ingress && hostname !== '') ??
    balancers.find(({ hostname }) => hostname !== '');
  const host = row && row.host !== '' ? row.host.replace(/^\*/, 'www') : balancer?.hostname;
  return host === undefined ? '' : `http://${host}${row?.path.startsWith('/') ? row.path : '/'}`;
}

/**
 * Headers as people write them, one `Name: value` a line.
 *
 * @returns the headers, or the line that is none
 */
export function parseHeaders(text: string): { headers: Record<string, string> } | { wrong: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong = lines.find((line) => !/^[!#$%&'*+.^_`|~\w-]+\s*:/.test(line));
  if (wrong !== undefined) return { wrong };
  const entries = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { headers: Object.fromEntries(entries) };
}

/**
 * What to type for the same request; '' as long as there is nowhere to send it.
 *
 * @param edge - where the sandbox really listens, `http://127.0.0.1:8080`
 */
export function curlLine(url: string, headers: Record<string, string>, edge: string): string {
  if (!URL.canParse(url) || !URL.canParse(edge)) return '';
  const target = new URL(url);
  const { port, hostname } = new URL(edge);
  const options = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}' `);
  // Names below .localhost are this machine for curl and browsers; any other host goes by way of the proxy.
  const isLocal = target.hostname.endsWith('.localhost');
  if (isLocal && target.port === '') target.port = port;
  return `curl ${isLocal ? '' : `-x ${hostname}:${port} `}${options.join('')}${target}`;
}
