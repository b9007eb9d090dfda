// Open-loop load: so many requests a second over kept connections, each sent at its time whatever became of the others;
// latencies count from that time. open-loop.ts <host:port> <Host header> <rate> <seconds> prints one line of JSON.
import { connect } from 'node:net';

const [target = '', host = '', rate = 0, seconds = 0] = process.argv
  .slice(2)
  .map((text, i) => (i < 2 ? text : Number(text))) as [string, string, number, number];
const [address = '', port = ''] = target.split(':');
const CONNECTIONS = 50;
const REQUEST = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

/** A kept connection with at most one request under way. */
type Send = (at: number) => void;

const latencies: number[] = [];
const idle: Send[] = [];
/** Times of requests that found no connection free. */
const due: number[] = [];

for (let i = 0; i < CONNECTIONS; i++) open();
setTimeout(() => fire(performance.now()), 300);

function open(): void {
  const socket = connect(Number(port), address);
  let text = '';
  let sentFor = 0;
  const send: Send = (at) => {
    sentFor = at;
    socket.write(REQUEST);
  };
  socket.setNoDelay(true);
  socket.on('connect', () => idle.push(send));
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (!isWhole(text)) return;
    text = '';
    latencies.push(performance.now() - sentFor);
    const next = due.shift();
    if (next === undefined) idle.push(send);
    else send(next);
  });
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  return head >= 0 && text.length >= head + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
}

function fire(start: number): void {
  let sent = 0;
  const tick = () => {
    const now = performance.now();
    const owed = Math.min(Math.floor(((now - start) / 1000) * rate), rate * seconds);
    for (; sent < owed; sent++) {
      const at = start + (sent / rate) * 1000;
      const send = idle.pop();
      if (send === undefined) due.push(at);
      else send(at);
    }
    if (now - start < seconds * 1000 + 500) setImmediate(tick);
    else report();
  };
  tick();
}

function report(): void {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  console.log(JSON.stringify({ p50: at(0.5), p99: at(0.99), answered: latencies.length }));
  process.exit();
}
