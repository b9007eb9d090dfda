import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { HttpRequest, HttpResponse } from '../../../workloads/workload.ts';

/** Bytes that are in use once all garbage is gone: objects and buffers. */
export function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const PIECE = Buffer.alloc(64 * 1024, 'x');

/** Answers with how many bytes came; to `/down/N` with N bytes, as fast as they are taken. */
export async function countOrFill(request: HttpRequest, response: HttpResponse): Promise<void> {
  let came = 0;
  const reader = request.body?.getReader();
  for (let piece = await reader?.read(); piece !== undefined && !piece.done; piece = await reader?.read())
    came += piece.value.byteLength;
  const [, wanted] = /^\/down\/(\d+)$/.exec(request.url) ?? [];
  if (wanted === undefined) {
    response.writeHead(200, ['Content-Length', String(String(came).length)]);
    response.end(String(came));
    return;
  }
  response.writeHead(200, ['Content-Length', wanted]);
  for (let left = Number(wanted); left > 0; left -= PIECE.length) {
    const piece = left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
    if (!response.write(piece)) await response.drained();
  }
  response.end();
}
