import { Clients } from '../../clients.ts';
import type { EdgeEngine } from '../../engine.ts';
import { Entrance } from '../../entrance.ts';
import { Deadlines } from '../../http1/deadlines.ts';
import { HttpDate } from '../../http1/http-date.ts';
import { HeaderLines } from '../../http1/response-head.ts';
import { Problems } from '../../problems.ts';

/** A way in for plain HTTP, without sockets. */
export class PlainWayIn {
  readonly entrance: Entrance;
  readonly clients = new Clients();
  readonly deadlines = new Deadlines();
  readonly errors: unknown[] = [];

  constructor(engine: EdgeEngine) {
    const notHere = () => Promise.reject(new Error('nobody speaks TLS here'));
    const parts = {
      engine,
      onError: (error: unknown) => this.errors.push(error),
      problems: new Problems(() => {}),
      clients: this.clients,
      http: { deadlines: this.deadlines, date: new HttpDate(), headerLines: new HeaderLines() },
      loadTls: notHere,
      loadHttp2: notHere,
      openTunnel: (_host: string, _port: number, socket: { destroy(): void }) => socket.destroy(),
    };
    this.entrance = new Entrance(parts, { servicePort: 80, redirectPort: () => undefined });
  }
}
