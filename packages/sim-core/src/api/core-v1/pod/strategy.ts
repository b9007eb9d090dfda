import type { Pod } from '../pod.ts';
import { qosClassOf } from './qos.ts';

/** A pod starts Pending (pkg/registry/core/pod/strategy.go PrepareForCreate). */
export function preparePodForCreate(pod: Pod): void {
  pod.status = { phase: 'Pending', qosClass: qosClassOf(pod.spec) };
}
