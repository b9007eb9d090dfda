import type { HttpRequest } from '../../workloads/workload.ts';
import { type Answer, HEADERS_TOO_LARGE, URI_TOO_LONG } from './answer.ts';
import type { HttpDirectives } from './directives.ts';

/** ` HTTP/1.1` and the end of the line. */
const AFTER_TARGET = 11;
/** `: ` and the end of the line. */
const AROUND_HEADER = 4;

/** Bytes of a request line as clients write it: one blank between the parts. */
export function requestLineLength({ method, url }: HttpRequest): number {
  return method.length + 1 + url.length + AFTER_TARGET;
}

/** Bytes of a header line. */
export function headerLineLength(name: string, value: string): number {
  return name.length + value.length + AROUND_HEADER;
}

/**
 * What nginx says to a head that does not fit into `client_header_buffer_size` (ngx_http_request.c, ngx_http_alloc_large_header_buffer): each
 * line has to lie in one buffer as a whole, the first one is small, and there are few of the large ones.
 */
export function headTooLarge(request: HttpRequest, http: HttpDirectives): Answer | undefined {
  const { clientHeaderBufferSize, largeClientHeaderBuffers } = http;
  const { number, size } = largeClientHeaderBuffers;
  const { headers } = request;
  let left = clientHeaderBufferSize;
  let buffers = 0;
  for (let i = -2; i < headers.length; i += 2) {
    const length =
      i < 0 ? requestLineLength(request) : headerLineLength(headers[i] as string, headers[i + 1] as string);
    if (length <= left) left -= length;
    else if (length > Math.max(size, clientHeaderBufferSize)) return i < 0 ? URI_TOO_LONG : HEADERS_TOO_LARGE;
    else if (++buffers > number) return HEADERS_TOO_LARGE;
    else left = size - length;
  }
  return undefined;
}
