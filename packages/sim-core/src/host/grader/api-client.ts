import { type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import { KubernetesAnswer } from '../../grader/target/target.ts';
import { answerOf } from './answer-of.ts';
import type { KubeconfigAccess } from './read-kubeconfig.ts';

/** Milliseconds that an answer has. */
const PATIENCE = 30_000;

/** The API of a real cluster. */
export class ApiClient {
  readonly #access: KubeconfigAccess;
  readonly #agent: Agent;

  constructor(access: KubeconfigAccess) {
    const { ca, cert, key, insecure } = access;
    this.#access = access;
    this.#agent = new Agent({ keepAlive: true, ca, cert, key, rejectUnauthorized: !insecure });
  }

  /** @throws Error of node where nobody answers */
  async request(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<KubernetesAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await this.#open(method, path, text, contentType);
    let answer = '';
    for await (const chunk of response.setEncoding('utf8')) answer += chunk;
    return new KubernetesAnswer(response.statusCode ?? 0, answer);
  }

  close(): void {
    this.#agent.destroy();
  }

  #open(method: string, path: string, body: string | undefined, contentType: string): Promise<IncomingMessage> {
    const { server, token } = this.#access;
    const { protocol, hostname, port } = new URL(server);
    const secure = protocol === 'https:';
    const headers = {
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
    };
    const options = {
      hostname,
      port,
      method,
      path,
      headers,
      timeout: PATIENCE,
      ...(secure && { agent: this.#agent }),
    };
    return answerOf(() => {
      const sent = (secure ? secureRequest : plainRequest)(options);
      sent.on('timeout', () => sent.destroy(new Error(`${server} does not answer`)));
      return sent.end(body);
    });
  }
}
