/** Takes a timer back; calling it again, or after the timer ran, does nothing. */
export type Cancel = () => void;

/**
 * The one clock of a cluster, with two readings, both in milliseconds since the Unix epoch.
 * - cluster time (`now`): what controllers, probes, the cloud and back-off see. It can be scaled and paused.
 * - request time (`requestNow`): what latency, timeouts, rate limits and the access log see. Over sockets it is
 *   never scaled or paused; in virtual mode both readings are the same.
 */
export interface Clock {
  now(): number;
  after(milliseconds: number, run: () => void): Cancel;
  requestNow(): number;
  afterRequest(milliseconds: number, run: () => void): Cancel;
}

/** Where virtual runs (`simulate`, `grade`, tests) begin: 2026-01-01T00:00:00Z. */
export const VIRTUAL_EPOCH = Date.UTC(2026, 0, 1);

/** `2026-01-01T00:00:00Z`: metav1.Time as the API prints it, whole seconds. */
export function formatTime(milliseconds: number): string {
  return `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds since the epoch of an API timestamp; NaN when it is none. */
export function parseTime(text: string | undefined): number {
  return text === undefined ? Number.NaN : Date.parse(text);
}
