import type { HttpRequest } from '../../workloads/workload.ts';
import type { ClientCertificate } from './client-certificate.ts';
import type { RequestMemo } from './request-memo.ts';

/** Whose request it is: a person's client, or the built-in load generator. Each has its own stream of canary draws. */
export type Origin = 'client' | 'load';

/** The way that a connection took to the controller's pod; one object per connection, shared by its requests. */
export interface Via {
  /** `namespace/name` of the Service whose load balancer was dialled. */
  readonly loadBalancer?: string;
  readonly node?: string;
  readonly nodePort?: number;
}

/** A request as the controller's pod receives it. Everything beyond {@link HttpRequest} may be left out. */
export interface EdgeRequest extends HttpRequest {
  /** `https` once TLS was agreed on. Left out: what the port speaks. */
  readonly scheme?: 'http' | 'https';
  /** Server name of the TLS hello. */
  readonly sni?: string;
  /** What the client showed where the server asked for a certificate. */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Left out: `client`. */
  readonly origin?: Origin;
  readonly via?: Via;
  /** Which request of its connection it is, from 1. Left out: the first. */
  readonly ordinal?: number;
  /** Set where the same request, without a body, comes again and again. */
  readonly memo?: RequestMemo | undefined;
}
