import { CUSTOM_DEFAULT_BACKEND, type Location } from '../configuration.ts';
import type { LocationDirectives } from '../directives.ts';
import { ABOUT_RULE } from './about-rule.ts';
import { printClientHeaders } from './client-verification.ts';
import { type Block, block, type Conf, quote, quoteLiteral, textOf } from './conf.ts';
import { LOCATION } from './location-directives.ts';
import { printDirectives } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** `location … { }` */
export function printLocation(context: LocationContext): Block {
  const { location, around } = context;
  if (location.backend === '') return printOwnAnswer(location);
  const own = [
    ...errorHeaders(location),
    ...(location.directives.denied === undefined ? printClientHeaders(context) : []),
    ...printDirectives(LOCATION, shownDirectives(location), context),
  ];
  const body = [...variables(location), ...own, ...inheritedBy(location, own, around)];
  return block(`location ${matcher(location)}`, body.map(forProtocol(location)), { source: location.source });
}

/** Of a denied location little more is written than that it is (nginx.tmpl, isLocationAllowed). */
export function shownDirectives({ directives }: Location): LocationDirectives {
  const { denied, accessLog, customHttpErrors } = directives;
  return denied === undefined ? directives : ({ denied, accessLog, customHttpErrors } as LocationDirectives);
}

/** A location of the controller's own, which asks nobody. */
function printOwnAnswer(location: Location): Block {
  return block(`location ${matcher(location)}`, ['access_log off;', `return ${location.directives.return?.status};`]);
}

/** Locations that it sends requests to inside nginx. */
export function printBeside(context: LocationContext): Conf[] {
  const { source } = context.location;
  return printDirectives(LOCATION, shownDirectives(context.location), context, 'beside').map(
    (part): Conf => (typeof part === 'string' ? part : { source, ...part }),
  );
}

function matcher({ modifier, path }: Location): string {
  const pattern = modifier === '~*' ? quote(`^${path}`) : quoteIfNeeded(path);
  return modifier === '' ? pattern : `${modifier} ${pattern}`;
}

function quoteIfNeeded(path: string): string {
  return /^[\w/.~-]+$/.test(path) ? path : quote(path);
}

/** What the log format names. */
function variables({ source, ingressPath, backend }: Location): Conf[] {
  return [
    `set $namespace ${quoteLiteral(source?.namespace ?? '')};`,
    `set $ingress_name ${quoteLiteral(source?.ingress ?? '')};`,
    `set $service_name ${quoteLiteral(source?.service ?? '')};`,
    `set $service_port ${quoteLiteral(source?.port ?? '')};`,
    `set $location_path ${quoteLiteral(ingressPath)};`,
    `set $proxy_upstream_name ${quoteLiteral(backend)};`,
    'set $proxy_alternative_upstream_name "";',
    '',
  ];
}

/** A default backend in place of a Service without endpoints is told what is wrong (template.go). */
function errorHeaders({ backend, directives }: Location): Conf[] {
  if (directives.denied !== undefined || !backend.startsWith(CUSTOM_DEFAULT_BACKEND)) return [];
  return ['proxy_set_header X-Code 503;', 'proxy_set_header X-Format $http_accept;', ...ABOUT_RULE];
}

/** One header of its own, and a location inherits none of the others (ngx_http_proxy_module, ngx_http_headers_module). */
function inheritedBy({ directives }: Location, lines: readonly Conf[], around: readonly Conf[]): Conf[] {
  const isGrpc = directives.backendProtocol.startsWith('GRPC');
  return ['proxy_set_header', 'proxy_hide_header', 'add_header'].flatMap((directive) =>
    inherited(directive, lines, around, isGrpc && directive === 'proxy_set_header'),
  );
}

/** @param always also where the location has none of its own: headers for gRPC are others than those around it */
function inherited(directive: string, lines: readonly Conf[], around: readonly Conf[], always: boolean): Conf[] {
  const nameIn = (part: Conf) => (textOf(part).startsWith(`${directive} `) ? textOf(part).split(' ')[1] : undefined);
  const own = new Set(lines.flatMap((part) => nameIn(part) ?? []));
  if (own.size === 0 && !always) return [];
  return around.filter((part) => {
    const name = nameIn(part);
    return name !== undefined && !own.has(name);
  });
}

/** gRPC has directives of its own for headers and times (template.go, proxySetHeader). */
function forProtocol({ directives: { backendProtocol } }: Location): (part: Conf) => Conf {
  if (!backendProtocol.startsWith('GRPC')) return (part) => part;
  const renamed = (text: string) => text.replace(/^proxy_(set_header|next_upstream\w*|\w+_timeout) /, 'grpc_$1 ');
  return (part) => {
    if (typeof part === 'string') return renamed(part);
    return 'text' in part ? { ...part, text: renamed(part.text) } : part;
  };
}
