import type { Cluster } from '@k8s-ingress-sandbox/sim-core';
import type { RandomStream } from '../../../sim-core/src/sim/random.ts';

/**
 * Lets every canary of a cluster that has drawn nothing yet get `factor` times its weight, from the same draws of the same
 * seed: a dice that is loaded, while everything that is configured and shown stays as it is.
 */
export function skewDraws({ random }: Pick<Cluster, 'random'>, factor: number): void {
  const fork = random.fork.bind(random);
  random.fork = (name) => (name.startsWith('canary/') ? skewed(fork(name), factor) : fork(name));
}

function skewed(stream: RandomStream, factor: number): RandomStream {
  return { ...stream, integer: (low, high) => Math.ceil(stream.integer(low, high) / factor) };
}
