import type { WholeResponse } from './http/message.ts';

/** What the API server sends on to a pod for a client. */
export interface ProxiedRequest {
  readonly method: string;
  /** Path and query, as the pod sees them. */
  readonly url: string;
  /** Flat, `[name, value, …]`. */
  readonly headers: readonly string[];
  readonly body: Uint8Array;
  /** Whether the pod is asked by https; its certificate is not looked at. */
  readonly isTls: boolean;
}

/** The API server's way to pods (k8s.io/apimachinery/pkg/util/proxy); `failure` in the words of Go's net package. */
export type ProxyTransport = (
  ip: string,
  port: number,
  request: ProxiedRequest,
) => Promise<WholeResponse | { readonly failure: string }>;
