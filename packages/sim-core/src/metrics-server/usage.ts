import type { Container } from '../api/core-v1/pod.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../apimachinery/quantity.ts';

/** Millicores that a container uses while nobody asks it for anything. */
const IDLE = 1;
/** Milliseconds of CPU time that a request costs where the Scenario does not say. */
const CPU_PER_REQUEST = 5;
/** Millicores of a node: no container gets more than there are. */
const MOST_CPU = 4000;
const MIB = 1024 * 1024;
/** A program without a word on memory takes 16 to 47 MiB, by its image. */
const SMALLEST_MEMORY = 16;
const MEMORY_SPREAD = 32;

/** CPU that a container uses, in millicores: the simulated load at a fixed price, no more than its limit (it would be throttled). */
export function cpuUsage(container: Container, requestsPerSecond: number, cpuPerRequest = CPU_PER_REQUEST): number {
  const limit = container.resources?.limits?.cpu;
  const most = limit === undefined ? MOST_CPU : quantityMilliValue(parseQuantity(limit));
  return Math.min(IDLE + requestsPerSecond * cpuPerRequest, most);
}

/** Memory that a container uses, in bytes: about half of what it requests, else by its image; less than its limit. */
export function memoryUsage({ image = '', resources = {} }: Container): number {
  const digest = hash(image);
  const { memory: requested } = resources.requests ?? {};
  const { memory: limit } = resources.limits ?? {};
  const usual =
    requested === undefined
      ? (SMALLEST_MEMORY + (digest % MEMORY_SPREAD)) * MIB
      : quantityValue(parseQuantity(requested)) * (0.4 + (digest % 20) / 100);
  const most = limit === undefined ? Number.POSITIVE_INFINITY : quantityValue(parseQuantity(limit)) * 0.9;
  return Math.floor(Math.min(usual, most));
}

/** FNV-1a, 32 bits: the same image always takes the same. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
