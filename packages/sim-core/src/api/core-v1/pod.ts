import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { setPodDefaults } from './pod/defaults.ts';
import type { PodSpec } from './pod/pod-spec.ts';
import { POD_FIELDS } from './pod/selectable-fields.ts';
import { preparePodForCreate } from './pod/strategy.ts';
import { validatePod, validatePodCreate } from './pod/validation/pod.ts';
import { validatePodUpdate } from './pod/validation/pod-update.ts';
import { warnOfName, warnOfPod } from './pod/warnings.ts';

export type * from './pod/container.ts';
export type * from './pod/pod-spec.ts';

import { POD_COLUMNS } from './pod/columns.ts';

/** core/v1 Pod. */
export interface Pod {
  apiVersion: 'v1';
  kind: 'Pod';
  metadata: ObjectMeta;
  spec: PodSpec;
  status?: PodStatus;
}

/** What controllers stamp pods from (core/v1 PodTemplateSpec). */
export interface PodTemplateSpec {
  metadata?: Partial<ObjectMeta>;
  spec: PodSpec;
}

export interface PodStatus {
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  conditions?: Condition[];
  message?: string;
  reason?: string;
  hostIP?: string;
  hostIPs?: { ip: string }[];
  podIP?: string;
  podIPs?: { ip: string }[];
  startTime?: string;
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
  ephemeralContainerStatuses?: ContainerStatus[];
  qosClass?: string;
  nominatedNodeName?: string;
  observedGeneration?: number;
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    exitCode: number;
    signal?: number;
    reason?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
    containerID?: string;
  };
}

export interface ContainerStatus {
  name: string;
  state?: ContainerState;
  lastState?: ContainerState;
  ready: boolean;
  started?: boolean;
  restartCount: number;
  image: string;
  imageID: string;
  containerID?: string;
}

export const pods = defineKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  selectableFields: POD_FIELDS,
  // The scheduler's binding is no change of intent.
  generationOf: ({ spec }) => ({ ...spec, nodeName: undefined }),
  setDefaults: setPodDefaults,
  prepareForCreate: preparePodForCreate,
  validate: validatePod,
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  // Nothing is said of changes: there are many, and few of them are people's.
  warnings: (pod, old) =>
    old === undefined ? [...warnOfName(pod.metadata.name, "the Pod's hostname"), ...warnOfPod(pod, '')] : [],
  columns: POD_COLUMNS,
});
