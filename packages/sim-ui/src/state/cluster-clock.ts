import type { WireStatus } from '@k8s-ingress-sandbox/sim-core/wire';

/** A status and when it arrived, in milliseconds of the page's own clock. */
export interface ClockReading {
  readonly status: WireStatus;
  readonly receivedAt: number;
}

/**
 * Cluster time now, carried on from the last status with its speed.
 *
 * @param localNow - the page's own clock, as in `receivedAt`
 * @returns milliseconds of cluster time
 */
export function clusterNow({ status, receivedAt }: ClockReading, localNow: number): number {
  return status.paused ? status.now : status.now + Math.max(0, localNow - receivedAt) * status.speed;
}

/** Seconds of cluster time until a moment, never negative. */
export function secondsUntil(moment: number, reading: ClockReading, localNow: number): number {
  return Math.max(0, moment - clusterNow(reading, localNow)) / 1000;
}
