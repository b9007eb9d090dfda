import type { LocationDirectives } from './directives.ts';

/**
 * Refuses sizes, times and numbers that nginx cannot read (ngx_conf_set_size_slot, ngx_conf_set_msec_slot).
 * @throws Error in nginx's words
 */
export function refuseBuffers(directives: LocationDirectives): void {
  for (const [name, value] of valuesOf(directives)) if (!(value >= 0)) refuse(`"${name}" directive invalid value`);
  if (directives.proxyNextUpstreamTries < 0) refuse('"proxy_next_upstream_tries" directive invalid number');
  const { proxyBufferSize, proxyBuffersNumber } = directives;
  if (proxyBuffersNumber < 1 || proxyBufferSize === 0) refuse('"proxy_buffers" directive invalid value');
}

/**
 * Refuses sizes that do not go together: nginx looks once it has read all (ngx_http_proxy_module.c,
 * ngx_http_proxy_merge_loc_conf).
 * @throws Error in nginx's words
 */
export function refuseMergedBuffers(directives: LocationDirectives): void {
  const { proxyBufferSize: size, proxyBuffersNumber: number, proxyBusyBuffersSize, proxyMaxTempFileSize } = directives;
  if (number < 2) refuse('there must be at least 2 "proxy_buffers"');
  const busy = proxyBusyBuffersSize ?? 2 * size;
  if (busy < size) refuse(`"proxy_busy_buffers_size" must be equal to or greater than ${LARGEST}`);
  if (busy > (number - 1) * size)
    refuse('"proxy_busy_buffers_size" must be less than the size of all "proxy_buffers" minus one buffer');
  if (proxyMaxTempFileSize !== 0 && proxyMaxTempFileSize < size) refuse(`${TEMP_FILE} ${LARGEST}`);
}

const LARGEST = 'the maximum of the value of "proxy_buffer_size" and one of the "proxy_buffers"';
const TEMP_FILE =
  '"proxy_max_temp_file_size" must be equal to zero to disable temporary files usage or must be equal to or greater than';

function valuesOf(directives: LocationDirectives): [name: string, value: number][] {
  return [
    ['proxy_connect_timeout', directives.proxyConnectTimeout],
    ['proxy_send_timeout', directives.proxySendTimeout],
    ['proxy_read_timeout', directives.proxyReadTimeout],
    ['proxy_buffer_size', directives.proxyBufferSize],
    ['proxy_busy_buffers_size', directives.proxyBusyBuffersSize ?? 0],
    ['proxy_next_upstream_timeout', directives.proxyNextUpstreamTimeout],
  ];
}

function refuse(reason: string): never {
  throw new Error(`nginx: [emerg] ${reason}`);
}

/**
 * Bytes of the head of an answer as it stands on the wire: status line, headers, empty line. The reason phrase, which pods
 * leave to their server, counts as that of 200.
 */
export function headSize(headers: readonly string[]): number {
  let size = STATUS_LINE + 2;
  for (let i = 0; i < headers.length; i++) size += (headers[i] as string).length + 2;
  return size;
}

/** `HTTP/1.1 200 OK\r\n` */
const STATUS_LINE = 17;

/** Bytes of one answer that wait in memory at most: nginx has a file, we have not. */
const MOST_BUFFERED = 16 * 1024 ** 2;

/** Bytes of an answer that nginx takes off a pod before its client has them (proxy_buffers, proxy_max_temp_file_size). */
export function bufferSpace(directives: LocationDirectives): number {
  const { proxyBuffersNumber, proxyBufferSize, proxyMaxTempFileSize } = directives;
  return Math.min(proxyBuffersNumber * proxyBufferSize + proxyMaxTempFileSize, MOST_BUFFERED);
}
