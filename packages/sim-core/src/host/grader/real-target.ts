import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesAnswer, type Target, type TargetAnswer, type TargetRequest } from '../../grader/target/target.ts';
import type { ApiClient } from './api-client.ts';
import type { OutsideClient } from './outside-client.ts';

/** What a real target is made of. */
export interface RealTargetParts {
  readonly name: string;
  readonly api: ApiClient;
  readonly outside: OutsideClient;
}

/**
 * A cluster anywhere. It writes only to what it has made itself: an object that was there before is somebody else's, and a
 * submission that has one of the same name is refused instead of changing it.
 */
export class RealTarget implements Target {
  readonly name: string;
  readonly #parts: RealTargetParts;
  /** Paths of objects that were made here, in their order. */
  readonly #made: string[] = [];

  constructor(parts: RealTargetParts) {
    this.#parts = parts;
    this.name = parts.name;
  }

  now(): number {
    return Date.now();
  }

  async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds);
  }

  async patience<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
    const abort = new AbortController();
    const late = sleep(milliseconds, undefined, { signal: abort.signal }).catch(() => undefined);
    const first = await Promise.race([promise, late]).finally(() => abort.abort());
    return first as T | undefined;
  }

  async kubernetes(method: string, path: string, body?: unknown, contentType?: string): Promise<KubernetesAnswer> {
    const [plain = path] = path.split('?');
    if ((method === 'PATCH' || method === 'DELETE' || method === 'PUT') && !this.#isOurs(plain)) return notOurs(plain);
    const answer = await this.#parts.api.request(method, path, body, contentType);
    if (method === 'POST' && answer.status === 201) this.#made.push(`${plain}/${nameOf(answer.body)}`);
    return answer;
  }

  send(request: TargetRequest): Promise<TargetAnswer> {
    return this.#parts.outside.send(request);
  }

  repeat(request: TargetRequest, count: number, onAnswer: (answer: TargetAnswer) => boolean): Promise<void> {
    return this.#parts.outside.repeat(request, count, onAnswer);
  }

  certificate(request: TargetRequest) {
    return this.#parts.outside.certificate(request);
  }

  /** Takes away everything that was made here, the last first. */
  async cleanUp(): Promise<void> {
    for (const path of this.#made.reverse()) {
      await this.#parts.api.request('DELETE', path, { propagationPolicy: 'Background' }).catch(() => undefined);
    }
  }

  /** What was made here, and what is in a namespace that was. */
  #isOurs(path: string): boolean {
    return this.#made.some((made) => path === made || (isNamespace(made) && isIn(path, made)));
  }
}

function isNamespace(path: string): boolean {
  return /^\/api\/v1\/namespaces\/[^/]+$/.test(path);
}

function isIn(path: string, namespace: string): boolean {
  return path.includes(`/namespaces/${namespace.split('/').at(-1)}/`);
}

function nameOf(body: unknown): string {
  return (body as { metadata?: { name?: string } }).metadata?.name ?? '';
}

function notOurs(path: string): KubernetesAnswer {
  const message = `${path} was in the cluster before: grading changes nothing that it has not made`;
  return new KubernetesAnswer(403, JSON.stringify({ kind: 'Status', status: 'Failure', reason: 'Forbidden', message }));
}
