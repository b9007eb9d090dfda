import type { CertificateTable } from '../certificate-table.ts';
import type { Location, NginxConfiguration, Server } from '../configuration.ts';
import type { HttpDirectives } from '../directives.ts';
import type { Conf } from './conf.ts';

/** Ports that are printed behind `listen`. */
export interface ConfPorts {
  readonly http: number;
  readonly https: number;
  /** Of the built-in default backend, on 127.0.0.1. */
  readonly defaultBackend: number;
}

/** Ports of the controller's pod (pkg/flags/flags.go). */
export function controllerPorts({ httpPort, httpsPort, defaultServerPort }: HttpDirectives): ConfPorts {
  return { http: httpPort, https: httpsPort, defaultBackend: defaultServerPort };
}

/** What is printed, and how. */
export interface Printing {
  readonly configuration: NginxConfiguration;
  readonly ports: ConfPorts;
  readonly certificates: CertificateTable;
}

/** A server that is printed. */
export interface ServerContext {
  readonly server: Server;
  readonly printing: Printing;
}

/** A location that is printed, and what is around it. */
export interface LocationContext {
  readonly location: Location;
  readonly server: Server;
  readonly printing: Printing;
  /** Lines of `http`: a location that sets or adds one header of its own inherits none of theirs. */
  readonly around: readonly Conf[];
}
