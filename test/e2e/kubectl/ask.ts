import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { KubectlSandbox } from '../../support/kubectl-sandbox.ts';

/** An answer of the Kubernetes API. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request to it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Sends a request as the administrator. */
export function ask(
  run: Pick<KubectlSandbox, 'server' | 'token'>,
  { method, path, headers = {}, body = '' }: Asked,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: { authorization: `Bearer ${run.token}`, ...headers },
      rejectUnauthorized: false,
      agent: false as const,
    };
    const asked = request(`${run.server}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
