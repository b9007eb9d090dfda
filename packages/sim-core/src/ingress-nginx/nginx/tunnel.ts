import type { Duplex } from '../../workloads/workload.ts';
import { log } from './phases/log.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Joins a client and a pod after `101 Switching Protocols`: bytes go both ways until either side ends, or until none went
 * for proxy_read_timeout (ngx_http_upstream_process_upgraded). The request is logged when the connection ends.
 *
 * @param client the client's raw connection
 * @param idle milliseconds of request time
 * @returns the pod's end
 */
export function tunnel(context: RequestContext, client: Duplex, idle: number): Duplex {
  const { clock } = context.running;
  const abort = new AbortController();
  let lastActivity = clock.requestNow();
  let cancel = clock.afterRequest(idle, check);

  function check(): void {
    const left = lastActivity + idle - clock.requestNow();
    if (left > 0) cancel = clock.afterRequest(left, check);
    else abort.abort();
  }
  function ended(): void {
    cancel();
    abort.abort();
    log(context);
  }
  const passing = (count: (bytes: number) => void) =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        lastActivity = clock.requestNow();
        count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
  const toClient = passing((bytes) => {
    context.bytesSent += bytes;
  });
  const fromClient = passing(() => {});
  const { signal } = abort;
  toClient.readable.pipeTo(client.writable, { signal }).then(ended, ended);
  client.readable.pipeTo(fromClient.writable, { signal }).catch(ended);
  return { readable: fromClient.readable, writable: toClient.writable };
}
