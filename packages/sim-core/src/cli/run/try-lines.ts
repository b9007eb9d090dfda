import type { FirstRequest } from './first-request.ts';
import type { AnnouncedLoadBalancer } from './run-console.ts';

/** What ready-to-paste lines are made from. */
export interface TryLinesParts {
  readonly balancer: AnnouncedLoadBalancer;
  /** What an ingress load balancer is asked for. */
  readonly first: FirstRequest;
  /** Where the edge listens, `http://127.0.0.1:8080`. */
  readonly http: string;
  readonly platform: NodeJS.Platform;
}

/** Lines to paste into a terminal of this system, for a load balancer that answers. Every one of them works as it stands. */
export function tryLines({ balancer, first, http, platform }: TryLinesParts): string[] {
  const curl = platform === 'win32' ? 'curl.exe' : 'curl';
  if (!balancer.ingress) return serviceLines(balancer, curl, new URL(http).port);
  const line = curlLine(curl, '', balancer, first, http);
  if (platform === 'win32') {
    const loop = `while ($true) { ${curlLine(curl, 's', balancer, first, http)}; Start-Sleep -Milliseconds 50 }`;
    return [`  ${line}`, `  ${loop}`];
  }
  // wget would refuse the certificate.
  if (first.redirected) return [`  ${line}`];
  const url = `http://${first.host}${first.path}`;
  const proxy = `http_proxy=${http}`;
  const loop = `/bin/sh -c "while sleep 0.05; do (wget -q -O- ${url.replace(/\/$/, '')} &); done"`;
  return [`  ${line}`, `  ${proxy} wget -q -O- ${url}`, `  ${proxy} ${loop}`];
}

function serviceLines(
  { hostname, ports: [published] }: AnnouncedLoadBalancer,
  curl: string,
  edgePort: string,
): string[] {
  if (published === undefined) return [];
  const own = `  ${curl} ${published.url}/`;
  return published.port === 80 ? [own, `  ${curl} http://${hostname}:${edgePort}/`] : [own];
}

/** Names below localhost lead here on every system; for any other the edge is the proxy. */
function curlLine(
  curl: string,
  flags: string,
  { hostname }: AnnouncedLoadBalancer,
  { host, path, redirected }: FirstRequest,
  http: string,
): string {
  const letters = `${flags}${redirected ? 'kL' : ''}`;
  const program = letters === '' ? curl : `${curl} -${letters}`;
  if (host !== hostname) return `${program} -x ${http} http://${host}${path}`;
  return `${program} http://${host}:${new URL(http).port}${path}`;
}
