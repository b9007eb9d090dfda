import { humanDuration } from '../apimachinery/human-duration.ts';
import type { PrinterColumn } from '../apimachinery/kind.ts';
import type { Labels } from '../apimachinery/label-selector.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { parseTimestamp } from '../apimachinery/timestamp.ts';
import type { PodTemplateSpec } from './core-v1/pod.ts';

/* What the columns of `kubectl get` have in common (pkg/printers/internalversion/printers.go). */

/** A column that is always shown. */
export function column<T>(name: string, cell: PrinterColumn<T>['cell']): PrinterColumn<T> {
  return { name, cell };
}

/** A column for `-o wide`. */
export function wideColumn<T>(name: string, cell: PrinterColumn<T>['cell']): PrinterColumn<T> {
  return { name, priority: 1, cell };
}

/** NAME */
export const NAME: PrinterColumn<KubeObject> = Object.freeze(
  column('Name', ({ metadata }: KubeObject) => metadata.name),
);

/** AGE */
export const AGE: PrinterColumn<KubeObject> = Object.freeze(
  column('Age', ({ metadata }: KubeObject, now: number) => ageOf(metadata.creationTimestamp, now)),
);

/** CREATED AT, where upstream prints the time itself. */
export const CREATED_AT: PrinterColumn<KubeObject> = Object.freeze(
  column('Created At', ({ metadata }: KubeObject) => metadata.creationTimestamp ?? ''),
);

/** How long ago, `<unknown>` when never (`translateTimestampSince`). */
export function ageOf(time: string | null | undefined, now: number): string {
  return time ? humanDuration(now - parseTimestamp(time)) : '<unknown>';
}

/** `a=b,c=d`, `<none>` when there is none (`labels.FormatLabels`). */
export function formatLabels(labels: Labels | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join(',') || '<none>';
}

/** The first `max` of them, and how many more there are (`listWithMoreString`). */
export function listWithMore(values: readonly string[], max: number): string {
  const shown = values.slice(0, max).join(',');
  return values.length > max ? `${shown} + ${values.length - max} more...` : shown || '<unset>';
}

/** CONTAINERS and IMAGES of what has a template (`layoutContainerCells`). */
export function containerColumns<T extends { spec: { template: PodTemplateSpec } }>(): PrinterColumn<T>[] {
  const all = ({ spec }: T): PodTemplateSpec['spec']['containers'] => spec.template.spec.containers;
  return [
    wideColumn('Containers', (object) =>
      all(object)
        .map(({ name }) => name)
        .join(','),
    ),
    wideColumn('Images', (object) =>
      all(object)
        .map(({ image = '' }) => image)
        .join(','),
    ),
  ];
}
