/** An answer of the Kubernetes API. */
export class KubernetesAnswer {
  readonly status: number;
  readonly text: string;
  #body: { readonly value: unknown } | undefined;

  constructor(status: number, text: string) {
    this.status = status;
    this.text = text;
  }

  /** The body as JSON; its text where it is none. */
  get body(): unknown {
    this.#body ??= { value: parsed(this.text) };
    return this.#body.value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A request from outside of the cluster. */
export interface TargetRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly scheme: 'http' | 'https';
  /** Host header, and the server name in TLS. */
  readonly host: string;
  /** Flat, `[name, value, …]`, without Host. */
  readonly headers: readonly string[];
  readonly body?: string;
  /** Hostname or address of a load balancer; without it that of the ingress controller is asked. */
  readonly balancer?: string;
  /** Port of the load balancer; that of the scheme without it. */
  readonly port?: number;
  /** A Service that is asked through the API server, as nobody outside of the cluster reaches it. */
  readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };
}

/** An answer to such a request. */
export interface Answer {
  readonly status: number;
  /** Flat, `[name, value, …]`. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** No answer at all, and why. */
export interface NoAnswer {
  readonly failure: string;
}

export type TargetAnswer = Answer | NoAnswer;

/** The certificate that a client is shown in a TLS handshake. */
export interface ShownCertificate {
  readonly commonName: string;
  readonly issuerCommonName: string;
  readonly dnsNames: readonly string[];
  /** In real time, whatever the cluster's is. */
  readonly state: 'valid' | 'not valid yet' | 'expired';
}

/**
 * A cluster as an outsider reaches it: the Kubernetes API, requests from outside, and time. One is simulated and its time is
 * virtual, the other is anywhere; checks cannot tell which.
 */
export interface Target {
  /** Where it is, for reports. */
  readonly name: string;
  /** Milliseconds since the epoch, in the cluster's own time. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** Waits for something that is under way, but no longer than so many milliseconds. @returns undefined when it took longer */
  patience<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined>;
  /** @param contentType of the body; JSON without it. @throws Error when the API cannot be reached */
  kubernetes(method: string, path: string, body?: unknown, contentType?: string): Promise<KubernetesAnswer>;
  /** Sends one request on a connection of its own; resolves when its answer is complete, or the connection has ended. */
  send(request: TargetRequest): Promise<TargetAnswer>;
  /**
   * Sends the same request again and again over kept connections, until so many were answered or `onAnswer` says stop.
   * @param onAnswer called for each in turn. @returns whether to go on
   */
  repeat(request: TargetRequest, count: number, onAnswer: (answer: TargetAnswer) => boolean): Promise<void>;
  /** The certificate for a server name, or why there is none. */
  certificate(request: TargetRequest): Promise<ShownCertificate | NoAnswer>;
}

/** Tells an answer from none. */
export function isAnswer(answer: TargetAnswer): answer is Answer {
  return 'status' in answer;
}
