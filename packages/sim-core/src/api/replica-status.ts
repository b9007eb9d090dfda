import type { Condition } from '../apimachinery/condition.ts';
import type { PrinterColumn } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { AGE, column, containerColumns, NAME } from './columns.ts';
import type { PodTemplateSpec } from './core-v1/pod.ts';

/** Status of a ReplicaSet and of a ReplicationController. */
export interface ReplicaStatus {
  replicas: number;
  fullyLabeledReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  observedGeneration?: number;
  conditions?: Condition[];
}

/** Columns of both, up to the selector, in which they differ. */
export function replicaColumns<
  T extends KubeObject & { spec: { replicas?: number; template: PodTemplateSpec }; status?: ReplicaStatus },
>(): PrinterColumn<T>[] {
  return [
    NAME,
    column('Desired', ({ spec }) => spec.replicas ?? 0),
    column('Current', ({ status }) => status?.replicas ?? 0),
    column('Ready', ({ status }) => status?.readyReplicas ?? 0),
    AGE,
    ...containerColumns<T>(),
  ];
}
