import { Agent, request } from 'node:http';

/** One request and what became of it; times are of `performance.now()`. */
export interface Sample {
  readonly sent: number;
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  /** `netflix-frontend 0.8.0`, the answer's first line. */
  readonly app: string;
  readonly pod: string;
}

/** Where a client connects to and what it asks for. */
export interface Target {
  readonly port: number;
  readonly host: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request and reads the answer. */
export function ask({ port, host, path = '/', headers = {} }: Target, agent?: Agent): Promise<Sample> {
  const sent = performance.now();
  return new Promise((resolve) => {
    const lost = () => resolve({ sent, status: 0, app: '', pod: '' });
    const options = { port, host: '127.0.0.1', path, headers: { ...headers, host }, ...(agent ? { agent } : {}) };
    const asked = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (body += chunk));
      response.on('error', lost);
      response.on('end', () => {
        const [app = '', second = ''] = body.split('\n');
        resolve({ sent, status: response.statusCode ?? 0, app, pod: /^pod ([^,]+)/.exec(second)?.[1] ?? '' });
      });
    });
    asked.on('error', lost);
    asked.end();
  });
}

/** Some connections that are kept, each with one request behind the other. */
export class KeepAliveClient {
  readonly samples: Sample[] = [];
  readonly #agent: Agent;
  readonly #loops: Promise<void>[];
  #running = true;
  #arrived: () => void = () => {};

  constructor(target: Target, connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#loops = Array.from({ length: connections }, () => this.#loop(target));
  }

  /** The next `count` samples of requests that are sent `later` milliseconds from now or after that. */
  async after(later: number, count: number): Promise<Sample[]> {
    const from = performance.now() + later;
    const recent = () => this.samples.filter(({ sent }) => sent >= from);
    while (recent().length < count) await this.#next();
    return recent();
  }

  /** Everything that was sent, once all of it was answered. */
  async stop(): Promise<Sample[]> {
    this.#running = false;
    await Promise.all(this.#loops);
    this.#agent.destroy();
    return this.samples;
  }

  async #loop(target: Target): Promise<void> {
    while (this.#running) {
      const sample = await ask(target, this.#agent);
      this.samples.push(sample);
      this.#arrived();
      // Refused at once and again and again, it would take all of the processor.
      if (sample.status === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }
}
