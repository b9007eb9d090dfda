/** What ngx_http_stub_status_module counts. Plain numbers, since every request changes them. */
export class StubStatus {
  /** Connections that were taken since the start. */
  accepted = 0;
  /** Connections that are open. */
  active = 0;
  /** Requests that came, and those that are over. */
  requests = 0;
  ended = 0;

  /** Requests that are being answered. */
  get writing(): number {
    return this.requests - this.ended;
  }

  /** Connections between two requests. */
  get waiting(): number {
    return Math.max(0, this.active - this.writing);
  }
}
