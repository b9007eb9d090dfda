import type { AnnouncedLoadBalancer } from './run-console.ts';

/** What ready-to-paste lines are made from. */
export interface TryLinesParts {
  readonly balancer: AnnouncedLoadBalancer;
  /** Where the edge listens, `http://127.0.0.1:8080`. */
  readonly http: string;
  readonly https: string;
  readonly platform: NodeJS.Platform;
  readonly tls: boolean;
}

/** Lines to paste into a terminal of this system, for a load balancer that answers. Every one of them works as it stands. */
export function tryLines({ balancer, http, platform, tls }: TryLinesParts): string[] {
  const { hostname, ports } = balancer;
  const curl = platform === 'win32' ? 'curl.exe' : 'curl';
  const edgePort = new URL(http).port;
  const options = tls ? ' -kL' : '';
  const published = ports[0];
  if (published === undefined) return [];
  if (!balancer.ingress)
    return [
      `  ${curl} ${published.url}/`,
      `  ${curl} http://${hostname}${published.port === 80 ? `:${edgePort}` : ''}/`,
    ].slice(0, published.port === 80 ? 2 : 1);
  if (platform === 'win32') {
    return [
      `  ${curl}${options} http://${hostname}:${edgePort}/`,
      `  while ($true) { ${curl} -s${tls ? 'kL' : ''} http://${hostname}:${edgePort}/; Start-Sleep -Milliseconds 50 }`,
    ];
  }
  const proxy = `http_proxy=${http}`;
  const wget = tls ? [] : [`  ${proxy} wget -q -O- http://${hostname}/`];
  const loop = tls ? [] : [`  ${proxy} /bin/sh -c "while sleep 0.05; do (wget -q -O- http://${hostname} &); done"`];
  return [`  ${curl}${options} http://${hostname}:${edgePort}/`, ...wget, ...loop];
}
