import { isConditionTrue } from '../../../apimachinery/condition.ts';
import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { AGE, column, NAME, wideColumn } from '../../columns.ts';
import type { Pod } from '../pod.ts';
import { podSummary } from './summary.ts';

/** pkg/printers/internalversion/printers.go podColumnDefinitions */
export const POD_COLUMNS: readonly PrinterColumn<Pod>[] = Object.freeze([
  NAME,
  column<Pod>('Ready', (pod) => podSummary(pod).ready),
  column<Pod>('Status', (pod) => podSummary(pod).status),
  column<Pod>('Restarts', (pod, now) => podSummary(pod, now).restarts),
  AGE,
  wideColumn<Pod>('IP', ({ status }) => status?.podIPs?.[0]?.ip ?? status?.podIP ?? '<none>'),
  wideColumn<Pod>('Node', ({ spec }) => spec.nodeName || '<none>'),
  wideColumn<Pod>('Nominated Node', ({ status }) => status?.nominatedNodeName || '<none>'),
  wideColumn<Pod>('Readiness Gates', readinessGates),
]);

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter(({ conditionType }) => isConditionTrue(status?.conditions, conditionType));
  return `${open.length}/${gates.length}`;
}
