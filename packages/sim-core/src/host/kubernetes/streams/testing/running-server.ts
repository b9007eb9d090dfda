import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { CertificateAndKey } from '../../../certificates.ts';
import { SpdyClient } from './spdy-client.ts';
import { TestServer } from './test-server.ts';

/** A message of a channel: its number, and its text. */
export type Told = [channel: number, text: string];

/** A server with one pod, closed when the test ends, and how to reach it. */
export async function runningServer(certificate?: CertificateAndKey) {
  const server = new TestServer(certificate);
  const port = await server.listen();
  onTestFinished(() => server.close());
  const spdy = (path: string, ...headers: string[]): SpdyClient => {
    const client = new SpdyClient(port, path, headers);
    onTestFinished(() => void client.socket.destroy());
    return client;
  };
  const webSocket = (path: string, ...protocols: string[]): ChannelClient => {
    const client = new ChannelClient(new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols));
    onTestFinished(() => client.socket.terminate());
    return client;
  };
  return { server, port, spdy, webSocket };
}

/** A client of channels that keeps what comes. */
export class ChannelClient {
  readonly socket: WebSocket;
  readonly told: Told[] = [];
  /** Messages as they came. */
  readonly raw: string[] = [];
  /** Why the handshake failed, or the code with which the WebSocket was closed. */
  outcome: string | undefined;
  #wake: () => void = () => {};

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.raw.push(data.toString('latin1'));
      this.told.push([data[0] as number, data.subarray(1).toString('latin1')]);
      this.#wake();
    });
    socket.on('unexpected-response', (_request, response) => this.#end(`status ${response.statusCode}`));
    socket.on('error', (error) => this.#end(error.message));
    socket.on('close', (code) => this.#end(`closed ${code}`));
  }

  send(channel: number, data: string | readonly number[]): void {
    this.socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(data as string)]));
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Everything that one channel said. */
  text(channel: number): string {
    return this.told
      .filter(([number]) => number === channel)
      .map(([, text]) => text)
      .join('');
  }

  async ended(): Promise<string> {
    await this.until(() => this.outcome !== undefined);
    return this.outcome as string;
  }

  #end(outcome: string): void {
    this.outcome ??= outcome;
    this.#wake();
  }
}
