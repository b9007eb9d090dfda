import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { formatQuantity, parseQuantity } from '../../../apimachinery/quantity.ts';
import { AGE, column, NAME } from '../../columns.ts';
import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValue,
} from '../horizontal-pod-autoscaler.ts';

const UNKNOWN = '<unknown>';
/** Most metrics that are shown. */
const SHOWN = 2;

/** pkg/printers/internalversion/printers.go horizontalPodAutoscalerColumnDefinitions */
export const AUTOSCALER_COLUMNS: readonly PrinterColumn<HorizontalPodAutoscaler>[] = Object.freeze([
  NAME,
  column('Reference', ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`),
  column('Targets', ({ spec, status }) => formatMetrics(spec.metrics ?? [], status?.currentMetrics ?? [])),
  column('MinPods', ({ spec }) => `${spec.minReplicas ?? '<unset>'}`),
  { ...column('MaxPods', ({ spec }) => spec.maxReplicas), type: 'integer' },
  { ...column('Replicas', ({ status }) => status?.currentReplicas ?? 0), type: 'integer' },
  AGE,
]);

/** `cpu: 12%/50%`: what each metric stands at, and its target (`formatHPAMetrics`). */
export function formatMetrics(specs: readonly MetricSpec[], statuses: readonly MetricStatus[] = []): string {
  if (specs.length === 0) return '<none>';
  const texts = specs.map((spec, i) => formatMetric(spec, statuses[i]));
  const shown = texts.slice(0, SHOWN).join(', ');
  return texts.length > SHOWN ? `${shown} + ${texts.length - SHOWN} more...` : shown;
}

function formatMetric(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case 'External':
      return formatValue(spec.external?.target, status?.external?.current);
    case 'Object':
      return formatValue(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${amount(status?.pods?.current.averageValue)}/${amount(spec.pods?.target.averageValue)}`;
    case 'Resource':
      return `${spec.resource?.name}: ${formatResource(spec.resource?.target, status?.resource?.current)}`;
    case 'ContainerResource': {
      const { name, target } = spec.containerResource ?? {};
      return `${name}: ${formatResource(target, status?.containerResource?.current)}`;
    }
    default:
      return '<unknown type>';
  }
}

function formatValue(target: MetricTarget | undefined, current: MetricValue | undefined): string {
  if (target?.averageValue !== undefined)
    return `${amount(current?.averageValue)}/${amount(target.averageValue)} (avg)`;
  return `${amount(current?.value)}/${amount(target?.value)}`;
}

function formatResource(target: MetricTarget | undefined, current: MetricValue | undefined): string {
  if (target?.averageValue !== undefined) return `${amount(current?.averageValue)}/${amount(target.averageValue)}`;
  const now = current?.averageUtilization === undefined ? UNKNOWN : `${current.averageUtilization}%`;
  return `${now}/${target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`}`;
}

function amount(text: string | undefined): string {
  return text === undefined ? UNKNOWN : formatQuantity(parseQuantity(text));
}
