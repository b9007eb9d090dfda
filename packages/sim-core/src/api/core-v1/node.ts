import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { NODE_COLUMNS } from './node/columns.ts';
import { validateNode, validateNodeUpdate } from './node/validation.ts';

/** core/v1 Node. */
export interface Node {
  apiVersion: 'v1';
  kind: 'Node';
  metadata: ObjectMeta;
  spec?: { podCIDR?: string; podCIDRs?: string[]; providerID?: string; unschedulable?: boolean; taints?: Taint[] };
  status?: NodeStatus;
}

export interface Taint {
  key: string;
  value?: string;
  effect: string;
  timeAdded?: string;
}

export interface NodeStatus {
  addresses?: { type: string; address: string }[];
  capacity?: Record<string, string>;
  allocatable?: Record<string, string>;
  conditions?: Condition[];
  nodeInfo?: Record<string, string>;
}

export const nodes = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  hasStatus: true,
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable === true) },
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  columns: NODE_COLUMNS,
});
