import type { PassthroughBackend } from './configuration.ts';
import { emptyRecord } from './decision-record.ts';
import type { Origin, Via } from './edge-request.ts';
import type { Running } from './running.ts';

/**
 * The record of a TLS connection that went on undecrypted: nginx saw no request, so no phase ran and no line is logged. One for each
 * connection, whatever is asked for on it.
 */
export function recordPassthrough(
  running: Running,
  { hostname }: PassthroughBackend,
  reached: { readonly ip: string; readonly port: number } | undefined,
  { address, via, origin = 'client' }: { readonly address: string; readonly via: Via; readonly origin?: Origin },
): void {
  const { records, clock, configuration, controllerPod } = running;
  const id = records.nextId();
  const slot = records.slot(id);
  Object.assign(slot, emptyRecord(), {
    id,
    startedAt: clock.requestNow(),
    origin,
    via,
    controllerPod,
    configuration,
    scheme: 'https',
    host: hostname,
    clientAddress: address,
    server: configuration.servers.find((server) => server.hostname === hostname),
    serverMatch: 'exact',
    endpoint: reached?.ip ?? '',
    endpointPort: reached?.port ?? 0,
    pod: podAt(running, reached),
    reason: reached === undefined ? 'refused' : 'passed-through',
  });
  records.written(slot);
}

function podAt({ configuration }: Running, reached: { ip: string; port: number } | undefined): string | undefined {
  if (reached === undefined) return undefined;
  for (const { endpoints } of configuration.upstreams) {
    const found = endpoints.find(({ address, port }) => address === reached.ip && port === reached.port);
    if (found !== undefined) return found.pod;
  }
  return undefined;
}
