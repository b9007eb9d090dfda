import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';

/** storage.k8s.io/v1 CSINode: which storage drivers a node has. */
export interface CSINode {
  apiVersion: 'storage.k8s.io/v1';
  kind: 'CSINode';
  metadata: ObjectMeta;
  spec: { drivers?: { name: string; nodeID: string; topologyKeys?: string[] }[] | null };
}

export const csiNodes = defineKind<CSINode>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  resource: 'csinodes',
  singular: 'csinode',
  namespaced: false,
  columns: [NAME, { ...column<CSINode>('Drivers', ({ spec }) => spec.drivers?.length ?? 0), type: 'integer' }, AGE],
});
