import { DEFAULT_SERVER, type NginxConfiguration, type Server } from './configuration.ts';
import { type Block, block, type Conf, comment, printLines, quote } from './print-conf/conf.ts';
import { printHttp } from './print-conf/http.ts';
import { printLocation } from './print-conf/location.ts';
import { printUpstream } from './print-conf/upstream.ts';
import { printZones } from './print-conf/zones.ts';

/**
 * The configuration as nginx.conf: the directives that are executed, in their order, for stock nginx. What the real
 * controller does in Lua stands as a `# lua:` comment beside it (rootfs/etc/nginx/template/nginx.tmpl).
 */
export function printConf(configuration: NginxConfiguration): string {
  const conf: Conf[] = [
    'pid nginx.pid;',
    'error_log error.log notice;',
    'worker_processes auto;',
    '',
    block('events', ['multi_accept on;', 'worker_connections 16384;']),
    '',
    block('http', [
      ...printHttp(configuration.http),
      ...printZones(configuration),
      ...configuration.upstreams.flatMap((upstream): Conf[] => [printUpstream(upstream, configuration), '']),
      ...configuration.servers.flatMap((server): Conf[] => [printServer(server, configuration), '']),
    ]),
  ];
  return `${printLines(conf).join('\n')}\n`;
}

function printServer(server: Server, configuration: NginxConfiguration): Block {
  const { hostname, certificate, directives, locations } = server;
  const isDefault = hostname === DEFAULT_SERVER;
  return block('server', [
    `server_name ${[hostname, ...directives.serverAlias].map(serverName).join(' ')};`,
    `listen 80${isDefault ? ' default_server' : ''};`,
    `listen 443${isDefault ? ' default_server' : ''} ssl;`,
    comment(`lua: certificate ${certificate?.name ?? 'none of its own'}`),
    ...rewrites(server, configuration.http.httpRedirectCode),
    ...locations.flatMap((location): Conf[] => ['', printLocation(location, configuration)]),
  ]);
}

/** What a server answers before it looks for a location. */
function rewrites({ directives: { appRoot, redirectTo } }: Server, code: number): Conf[] {
  if (redirectTo !== '') return [`return ${code} $scheme://${redirectTo}:$server_port$request_uri;`];
  return appRoot === '' ? [] : [block('if ($uri = /)', [`return 302 $scheme://$http_host${appRoot};`])];
}

/** A wildcard is one label (template.go, buildServerName). */
function serverName(name: string): string {
  if (name.startsWith('~')) return quote(name);
  return name.startsWith('*.') ? quote(`~^(?<subdomain>[\\w-]+)\\.${name.slice(2).replaceAll('.', '\\.')}$`) : name;
}
