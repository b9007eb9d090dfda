import { buildCertificateTable } from './certificate-table.ts';
import type { NginxConfiguration } from './configuration.ts';
import { block, type Conf, type ConfFile, type PrintedLine, printLines } from './print-conf/conf.ts';
import { printHttp } from './print-conf/http.ts';
import { shownDirectives } from './print-conf/location.ts';
import { LOCATION } from './print-conf/location-directives.ts';
import { printDirectives } from './print-conf/printer.ts';
import { type ConfPorts, controllerPorts, type Printing } from './print-conf/printing.ts';
import { printDefaultBackend, printServer, withoutRepeats } from './print-conf/server.ts';
import { printUpstream } from './print-conf/upstream.ts';

export type { ConfPorts };

/**
 * The configuration as nginx.conf: the directives that are executed, for stock nginx. What the real controller does in
 * Lua is said in stock directives where there are some, and stands as a `# lua:` comment where there are none
 * (rootfs/etc/nginx/template/nginx.tmpl).
 */
export function printConf(configuration: NginxConfiguration, ports?: ConfPorts): string {
  return textOfLines(confLines(configuration, ports));
}

export function textOfLines(lines: readonly PrintedLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** The same, line by line, each with what it comes from. */
export function confLines(configuration: NginxConfiguration, own?: ConfPorts): PrintedLine[] {
  const ports = own ?? controllerPorts(configuration.http);
  const printing = { configuration, ports, certificates: buildCertificateTable(configuration) };
  const http = printHttp(printing);
  const { upstreams, servers } = configuration;
  return printLines([
    'pid nginx.pid;',
    'error_log error.log notice;',
    'worker_processes auto;',
    '',
    block('events', ['multi_accept on;', 'worker_connections 16384;']),
    '',
    block('http', [
      ...http,
      ...printForLocations(printing, http),
      ...upstreams.flatMap((upstream): Conf[] => [printUpstream(upstream, configuration), '']),
      ...servers.flatMap((server): Conf[] => [printServer(server, printing, http), '']),
      printDefaultBackend(printing),
    ]),
  ]);
}

/** Files that the lines name, each once. */
export function filesOf(lines: readonly PrintedLine[]): ConfFile[] {
  const files = new Map<string, ConfFile>();
  for (const { file } of lines) if (file !== undefined) files.set(file.path, file);
  return [...files.values()];
}

/** What locations need in `http`, once for all that need the same. */
function printForLocations(printing: Printing, around: readonly Conf[]): Conf[] {
  const parts = printing.configuration.servers.flatMap((server) =>
    server.locations.flatMap((location) => {
      const context = { location, server, printing, around };
      return printDirectives(LOCATION, shownDirectives(location), context, 'http').map(
        (part): Conf => (typeof part === 'string' ? part : { source: location.source, ...part }),
      );
    }),
  );
  return parts.length === 0 ? [] : [...withoutRepeats(parts), ''];
}
