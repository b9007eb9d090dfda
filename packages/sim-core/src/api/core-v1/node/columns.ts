import { findCondition } from '../../../apimachinery/condition.ts';
import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { AGE, column, NAME, wideColumn } from '../../columns.ts';
import type { Node } from '../node.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** pkg/printers/internalversion/printers.go nodeColumnDefinitions */
export const NODE_COLUMNS: readonly PrinterColumn<Node>[] = Object.freeze([
  NAME,
  column<Node>('Status', nodeStatus),
  column<Node>('Roles', roles),
  AGE,
  column<Node>('Version', ({ status }) => status?.nodeInfo?.kubeletVersion ?? ''),
  wideColumn<Node>('Internal-IP', (node) => address(node, 'InternalIP')),
  wideColumn<Node>('External-IP', (node) => address(node, 'ExternalIP')),
  wideColumn<Node>('OS-Image', (node) => info(node, 'osImage')),
  wideColumn<Node>('Kernel-Version', (node) => info(node, 'kernelVersion')),
  wideColumn<Node>('Container-Runtime', (node) => info(node, 'containerRuntimeVersion')),
]);

function nodeStatus({ spec, status }: Node): string {
  const ready = findCondition(status?.conditions, 'Ready');
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (spec?.unschedulable === true) words.push('SchedulingDisabled');
  return words.join(',');
}

function roles({ metadata }: Node): string {
  const found = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return [key.slice(ROLE_PREFIX.length)];
    return key === 'kubernetes.io/role' ? [value] : [];
  });
  return [...new Set(found.filter((role) => role !== ''))].sort().join(',') || '<none>';
}

function address({ status }: Node, type: string): string {
  return status?.addresses?.find((each) => each.type === type)?.address ?? '<none>';
}

function info({ status }: Node, field: string): string {
  return status?.nodeInfo?.[field] || '<unknown>';
}
