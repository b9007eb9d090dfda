import type { NginxConfiguration, Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import type { HypotheticalRequest } from '../../ingress-nginx/nginx/hypothetical.ts';
import type { Scene } from '../scene.ts';

/** Something that could have been otherwise: the request, or the configuration; what is left out stays as it was. */
export interface Change {
  /** In words: "with `FOO: bar`". */
  readonly change: string;
  readonly request?: HypotheticalRequest;
  readonly configuration?: NginxConfiguration;
}

/** What is known of a request when changes are looked for. */
export interface Asked {
  readonly scene: Scene;
  /** As it was sent. */
  readonly sent: HypotheticalRequest;
  /** The snapshot that decided. */
  readonly configuration: NginxConfiguration;
}

/** Changes of one kind, the nearest first; which of them alters the outcome is found by walking the phases. */
export type Changes = (asked: Asked) => Change[];

/** The request with a header set, or without it. */
export function withHeader(request: HypotheticalRequest, name: string, value: string | undefined): HypotheticalRequest {
  const kept: string[] = [];
  for (let i = 0; i < request.headers.length; i += 2) {
    if (request.headers[i]?.toLowerCase() !== name.toLowerCase())
      kept.push(request.headers[i] as string, request.headers[i + 1] as string);
  }
  return { ...request, headers: value === undefined ? kept : [...kept, name, value] };
}

/** Value of a header of the request. */
export function sentValue({ headers }: HypotheticalRequest, name: string): string | undefined {
  const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === name.toLowerCase());
  return at < 0 ? undefined : headers[at + 1];
}

/** The request with a cookie set, or without it; others stay. */
export function withCookie(request: HypotheticalRequest, name: string, value: string | undefined): HypotheticalRequest {
  const others = (sentValue(request, 'cookie') ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each.split('=')[0]?.toLowerCase() !== name.toLowerCase());
  const all = value === undefined ? others : [...others, `${name}=${value}`];
  return withHeader(request, 'Cookie', all.length === 0 ? undefined : all.join('; '));
}

/** The snapshot with one upstream in place of that of the same name. */
export function replaced(configuration: NginxConfiguration, upstream: Upstream): NginxConfiguration {
  const upstreams = configuration.upstreams.map((each) => (each.name === upstream.name ? upstream : each));
  return { ...configuration, upstreams };
}
