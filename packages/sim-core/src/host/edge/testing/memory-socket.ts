import { Duplex } from 'node:stream';

/** One end of a connection in memory: what is written comes out of the other end. */
class MemorySocket extends Duplex {
  other: MemorySocket | undefined;
  /** Writes wait here until the other end reads. */
  #resume: (() => void) | undefined;

  constructor() {
    super({ allowHalfOpen: true, emitClose: true });
  }

  override _read(): void {
    this.other?.wanted();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.other === undefined || this.other.destroyed) return done(new Error('the other end is gone'));
    if (this.other.push(chunk)) done();
    else this.#resume = () => done();
  }

  override _final(done: () => void): void {
    if (this.other?.destroyed === false) this.other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    if (other !== undefined && !other.destroyed && !this.writableFinished) other.destroy();
    this.wanted();
    done(error);
  }

  /** The other end reads. */
  wanted(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }
}

/** The two ends of a connection that needs no port: many thousands of them cost nothing. */
export function memorySockets(): [client: Duplex, server: Duplex] {
  const [client, server] = [new MemorySocket(), new MemorySocket()];
  client.other = server;
  server.other = client;
  return [client, server];
}

/** What came over a connection in memory. */
export class MemoryClient {
  readonly server: Duplex;
  readonly #client: Duplex;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #closed = false;

  constructor() {
    [this.#client, this.server] = memorySockets();
    this.#client.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
    });
    this.#client.on('error', () => {});
    for (const event of ['end', 'close'] as const)
      this.#client.on(event, () => {
        this.#closed = true;
      });
  }

  /** One character a byte. */
  get received(): string {
    return Buffer.concat(this.#chunks).toString('latin1');
  }

  /** Whether the server has closed. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Sends pieces one after the other; the server looks at each before the next one comes. */
  async send(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      if (this.#closed) return;
      this.#client.write(piece);
      await new Promise(process.nextTick);
    }
    await this.settled();
  }

  /** Resolves when nothing more happens by itself. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      const before = this.#progress();
      await new Promise(setImmediate);
      if (before !== this.#progress()) quiet = 0;
    }
  }

  #progress(): string {
    return [this.#length, this.#closed, this.#client.writableLength, this.server.readableLength].join(' ');
  }

  /** Leaves. */
  destroy(): void {
    this.#client.destroy();
  }
}
