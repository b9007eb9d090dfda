import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { connect, type PeerCertificate } from 'node:tls';
import type { NoAnswer, ShownCertificate, TargetAnswer, TargetRequest } from '../../grader/target/target.ts';
import { answerOf } from './answer-of.ts';
import type { IngressAddress } from './ingress-address.ts';

/** Milliseconds that an answer has. */
const PATIENCE = 15_000;
/** Connections that are used at once. */
const CONNECTIONS = 16;
/** Most of a body that is kept, bytes. */
const LONGEST_BODY = 1_000_000;

/** Where a request goes on the wire. */
interface Destination {
  readonly host: string;
  readonly port: number;
  /** As the request line has it. */
  readonly path: string;
  readonly hostHeader: string;
}

/** A client outside of the cluster: follows no redirect, believes every certificate, sends what it is told. */
export class OutsideClient {
  readonly #address: IngressAddress;
  readonly #plain = new PlainAgent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #secure = new SecureAgent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false });

  constructor(address: IngressAddress) {
    this.#address = address;
  }

  /** Sends one request. @param kept whether a connection may be one that was used before */
  async send(request: TargetRequest, kept = false): Promise<TargetAnswer> {
    try {
      const response = await this.#open(request, kept);
      let [body, size] = ['', 0];
      for await (const chunk of response.setEncoding('utf8')) {
        size += chunk.length;
        if (size <= LONGEST_BODY) body += chunk;
      }
      return { status: response.statusCode ?? 0, headers: response.rawHeaders, body };
    } catch (error) {
      return { failure: (error as Error).message };
    }
  }

  /** Sends the same request so many times, several at once, and tells the answers one by one. */
  async repeat(request: TargetRequest, count: number, onAnswer: (answer: TargetAnswer) => boolean): Promise<void> {
    let [left, goesOn] = [count, true];
    const line = async () => {
      while (goesOn && left-- > 0) {
        const answer = await this.send(request, true);
        goesOn = goesOn && onAnswer(answer);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, line));
  }

  /** The certificate of a handshake. */
  certificate(request: TargetRequest): Promise<ShownCertificate | NoAnswer> {
    const { host, port } = this.#destination(request);
    return new Promise((resolve) => {
      const socket = connect({ host, port, servername: request.host, rejectUnauthorized: false, timeout: PATIENCE });
      const end = (shown: ShownCertificate | NoAnswer) => {
        resolve(shown);
        socket.destroy();
      };
      socket.on('secureConnect', () => end(shownOf(socket.getPeerCertificate())));
      socket.on('error', (error) => end({ failure: error.message }));
      socket.on('timeout', () => end({ failure: 'no answer in time' }));
    });
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #open(request: TargetRequest, kept: boolean): Promise<IncomingMessage> {
    const { method, scheme, headers, body } = request;
    const { host, port, path, hostHeader } = this.#destination(request);
    const length = body === undefined ? [] : ['content-length', String(Buffer.byteLength(body))];
    const all = [
      'host',
      hostHeader,
      'user-agent',
      'k8s-ingress-sandbox-grader',
      'accept',
      '*/*',
      ...headers,
      ...length,
    ];
    const agent = kept ? { agent: scheme === 'https' ? this.#secure : this.#plain } : { agent: false as const };
    const options = { host, port, path, method, headers: all, timeout: PATIENCE, ...agent };
    return answerOf(() => {
      const sent =
        scheme === 'https'
          ? secureRequest({ ...options, servername: request.host, rejectUnauthorized: false })
          : plainRequest(options);
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      return sent.end(body);
    });
  }

  /** A name that leads to this machine only is one of a sandbox: its edge is asked for it, as a proxy is. */
  #destination({ path, host, scheme, balancer, port }: TargetRequest): Destination {
    const edge = { host: this.#address.host, port: this.#address[scheme] };
    const hostHeader = host === '' ? (balancer ?? this.#address.host) : host;
    if (balancer === undefined) return { ...edge, path, hostHeader };
    if (!balancer.endsWith('.localhost'))
      return { host: balancer, port: port ?? (scheme === 'https' ? 443 : 80), path, hostHeader };
    return { ...edge, path: `${scheme}://${balancer}${port === undefined ? '' : `:${port}`}${path}`, hostHeader };
  }
}

function shownOf({ subject, issuer, subjectaltname = '', valid_from, valid_to }: PeerCertificate): ShownCertificate {
  const names = [...subjectaltname.matchAll(/DNS:([^,\s]+)/g)].map(([, name = '']) => name);
  const now = Date.now();
  const state = now < Date.parse(valid_from) ? 'not valid yet' : now > Date.parse(valid_to) ? 'expired' : 'valid';
  return { commonName: textOf(subject?.CN), issuerCommonName: textOf(issuer?.CN), dnsNames: names, state };
}

function textOf(value: string | string[] | undefined): string {
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
}
