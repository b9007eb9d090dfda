import { connect, type Socket } from 'node:net';
import type { Target } from './keep-alive-client.ts';

/** One answer, whole. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** How often requests are owed, milliseconds. */
const TICK = 5;
/** Connections at most; on a machine that is too slow for the rate, requests wait for one. */
const CONNECTIONS = 50;

/** Sends so many requests a second over kept connections, whatever becomes of the answers, and looks at each. */
export class SteadyClient {
  sent = 0;
  answered = 0;
  /** Connections that ended with an answer owed. */
  lost = 0;
  readonly #request: string;
  readonly #target: Target;
  readonly #look: (answer: RawAnswer) => void;
  readonly #idle: Line[] = [];
  readonly #timer: NodeJS.Timeout;
  #open = 0;
  readonly #started = performance.now();

  constructor(target: Target, rate: number, look: (answer: RawAnswer) => void) {
    this.#target = target;
    this.#look = look;
    this.#request = `GET ${target.path ?? '/'} HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`;
    this.#timer = setInterval(() => this.#send(rate), TICK);
  }

  /** Resolves when so many more answers have come. */
  async more(count: number): Promise<void> {
    const enough = this.answered + this.lost + count;
    while (this.answered + this.lost < enough) await new Promise((resolve) => setTimeout(resolve, TICK));
  }

  /** Resolves when everything that was sent is answered or lost. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    while (this.answered + this.lost < this.sent) await new Promise((resolve) => setTimeout(resolve, TICK));
    for (const line of this.#idle) line.socket.destroy();
  }

  #send(rate: number): void {
    const owed = Math.floor(((performance.now() - this.#started) / 1000) * rate);
    for (; this.sent < owed; this.sent++) {
      const line = this.#idle.pop() ?? (this.#open < CONNECTIONS ? this.#connect() : undefined);
      if (line === undefined) return;
      line.send(this.#request);
    }
  }

  #connect(): Line {
    this.#open++;
    const line: Line = new Line(
      connect(this.#target.port, '127.0.0.1'),
      (answer) => {
        this.answered++;
        this.#look(answer);
        if (!line.socket.destroyed) this.#idle.push(line);
      },
      (owed) => {
        this.#open--;
        if (owed) this.lost++;
        const place = this.#idle.indexOf(line);
        if (place >= 0) this.#idle.splice(place, 1);
      },
    );
    return line;
  }
}

/** A connection with at most one request under way. */
class Line {
  readonly socket: Socket;
  #text = '';
  #owed = false;

  constructor(socket: Socket, answered: (answer: RawAnswer) => void, ended: (owed: boolean) => void) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      this.#text += text;
      const answer = wholeAnswer(this.#text);
      if (answer === undefined) return;
      this.#text = '';
      this.#owed = false;
      answered(answer);
    });
    socket.on('error', () => {});
    socket.on('close', () => ended(this.#owed));
  }

  send(request: string): void {
    this.#owed = true;
    this.socket.write(request, 'latin1');
  }
}

function wholeAnswer(text: string): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
  const body = text.slice(end + 4);
  return body.length < length ? undefined : { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body };
}
