import type { FirstRequest } from './first-request.ts';
import type { AnnouncedLoadBalancer } from './run-console.ts';
import type { Shell } from './shell.ts';

/** What ready-to-paste lines are made from. */
export interface TryLinesParts {
  readonly balancer: AnnouncedLoadBalancer;
  /** What an ingress load balancer is asked for. */
  readonly first: FirstRequest;
  /** Where the edge listens, `http://127.0.0.1:8080`. */
  readonly http: string;
  readonly platform: NodeJS.Platform;
  readonly shell: Shell;
  /** Whether this machine has a program. */
  has(command: 'curl' | 'wget'): boolean;
}

/** Seconds between two requests of a loop, as in the lesson. */
const PAUSE = 0.05;

/**
 * Lines to paste into a terminal of this system, for a load balancer that answers. Every one of them works as it stands;
 * without curl and wget there is only an address for the browser.
 */
export function tryLines(parts: TryLinesParts): string[] {
  const lines = parts.balancer.ingress ? ingressLines(parts) : serviceLines(parts);
  return lines.map((line) => `  ${line}`);
}

function serviceLines(parts: TryLinesParts): string[] {
  const { balancer, http } = parts;
  const [published] = balancer.ports;
  if (published === undefined) return [];
  const own = `${published.url}/`;
  const get = getter(parts);
  // The port of the edge stands for port 80 of every load balancer.
  return published.port === 80 ? [get(own), get(namedUrl(balancer.hostname, '/', http))] : [get(own)];
}

function ingressLines(parts: TryLinesParts): string[] {
  const { first } = parts;
  if (!first.routed) return [parts.has('curl') ? curlLine(parts, '') : urlOf(parts)];
  const lines = parts.has('curl') ? curlLines(parts) : [];
  // wget would refuse the certificate that it is redirected to.
  if (parts.has('wget') && parts.shell !== 'powershell' && !first.redirected) lines.push(...wgetLines(parts));
  return lines.length > 0 ? lines : [urlOf(parts)];
}

function curlLines(parts: TryLinesParts): string[] {
  const { first, shell } = parts;
  const lines = [curlLine(parts, '')];
  if (first.header !== undefined) lines.push(curlLine(parts, '', ` -H "${first.header.name}: ${first.header.value}"`));
  if (shell === 'powershell') {
    lines.push(`while ($true) { ${curlLine(parts, 's')}; Start-Sleep -Milliseconds ${PAUSE * 1000} }`);
  } else if (!parts.has('wget') && !first.redirected) {
    lines.push(`/bin/sh -c 'while sleep ${PAUSE}; do (${curlLine(parts, 's')} &); done'`);
  }
  return lines;
}

function wgetLines({ first, http, shell }: TryLinesParts): string[] {
  const url = `http://${first.host}${first.path}`;
  const proxy = `${shell === 'fish' ? 'env ' : ''}http_proxy=${http}`;
  const loop = `/bin/sh -c "while sleep ${PAUSE}; do (wget -q -O- ${url.replace(/\/$/, '')} &); done"`;
  return [`${proxy} wget -q -O- ${url}`, `${proxy} ${loop}`];
}

/** Names below localhost lead here on every system; for any other name the edge is the proxy. */
function curlLine(parts: TryLinesParts, flags: string, header = ''): string {
  const { first, http } = parts;
  const letters = `${flags}${first.redirected ? 'kL' : ''}`;
  const program = `${curlProgram(parts)}${letters === '' ? '' : ` -${letters}`}${header}`;
  const url = urlOf(parts);
  return url.startsWith(`http://${first.host}:`) ? `${program} ${url}` : `${program} -x ${http} ${url}`;
}

function urlOf({ balancer, first, http }: TryLinesParts): string {
  const { host, path } = first;
  return host === balancer.hostname && isLoopback(http) ? namedUrl(host, path, http) : `http://${host}${path}`;
}

function namedUrl(host: string, path: string, http: string): string {
  return `http://${host}:${new URL(http).port}${path}`;
}

function isLoopback(http: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|\[::1\]):/.test(http);
}

/** PowerShell has a command of its own that is called curl. */
function curlProgram({ platform }: TryLinesParts): string {
  return platform === 'win32' ? 'curl.exe' : 'curl';
}

function getter(parts: TryLinesParts): (url: string) => string {
  if (parts.has('curl')) return (url) => `${curlProgram(parts)} ${url}`;
  if (parts.has('wget')) return (url) => `wget -q -O- ${url}`;
  return (url) => url;
}
