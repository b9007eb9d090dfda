import type { NodePortRoute } from '../kube-proxy/service-routing.ts';
import type { EdgeClient } from './edge.ts';

/** Most handshakes that are remembered: those that came to nothing leave nobody who would take them away. */
const MOST = 1000;

/** Pods that shook hands themselves, by their clients: the requests that follow go to the pod whose certificate was seen. */
export class Handshakes {
  readonly #pods = new Map<string, NodePortRoute>();

  add(client: EdgeClient, pod: NodePortRoute): void {
    const key = keyOf(client);
    this.#pods.delete(key);
    this.#pods.set(key, pod);
    if (this.#pods.size > MOST) this.#pods.delete(this.#pods.keys().next().value as string);
  }

  get(client: EdgeClient): NodePortRoute | undefined {
    return this.#pods.get(keyOf(client));
  }

  /** The client comes without such a handshake: an earlier one was another connection's. */
  forget(client: EdgeClient): void {
    if (this.#pods.size > 0) this.#pods.delete(keyOf(client));
  }
}

function keyOf({ address, port }: EdgeClient): string {
  return `${address}:${port}`;
}
