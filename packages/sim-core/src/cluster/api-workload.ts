import type { ApiServer } from '../kube-apiserver/api-server.ts';
import type { ApiRequest, ApiResponse } from '../kube-apiserver/http/message.ts';
import type { HttpRequest, HttpResponse, Workload } from '../workloads/workload.ts';

/** Most of a body that is read; the API server refuses less. */
const MOST_READ = 3 * 1024 * 1024 + 1;

/** The API server as pods reach it. */
export function apiWorkload(server: () => Promise<ApiServer>, onError: (error: unknown) => void): Workload {
  const answer = async (request: HttpRequest, response: HttpResponse): Promise<void> => {
    const body = await readBody(request.body);
    const apiServer = await server();
    send(await apiServer.handle(apiRequest(request, body)), response);
  };
  return {
    certificate: '',
    http: (request, response) => {
      answer(request, response).catch((error) => {
        onError(error);
        response.destroy();
      });
    },
  };
}

function apiRequest({ method, url, headers: flat }: HttpRequest, body: Uint8Array): ApiRequest {
  const headers: Record<string, string> = {};
  for (let i = 0; i < flat.length; i += 2) headers[(flat[i] as string).toLowerCase()] = flat[i + 1] as string;
  return { method, url, headers, body, fromPod: true };
}

async function readBody(stream: ReadableStream<Uint8Array> | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  while (reader !== undefined && length < MOST_READ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function send(answer: ApiResponse, response: HttpResponse): void {
  const headers = Object.entries(answer.headers).flat();
  if ('body' in answer) {
    const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
    response.writeHead(answer.status, [...headers, 'content-length', String(body.length)]);
    response.end(body);
    return;
  }
  response.writeHead(answer.status, [...headers, 'transfer-encoding', 'chunked']);
  const stop = answer.stream({ write: (chunk) => response.write(chunk), end: () => response.end() });
  response.onClose(stop);
}
