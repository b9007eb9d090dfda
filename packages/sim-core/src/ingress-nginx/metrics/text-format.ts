import { goNumber } from './go-number.ts';

/** Labels of one sample, in the order in which they are printed. */
export type Labels = Readonly<Record<string, string>>;

/** One number of a metric. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Ending of the name: `_bucket`, `_sum` and `_count` of a histogram. */
  readonly suffix?: string;
}

/** A metric with everything that was measured. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly Sample[];
}

/** What every metric of the controller begins with. */
export const METRIC_PREFIX = 'nginx_ingress_controller_';

/** Prometheus' text format, version 0.0.4, in the order of the names; families without samples are left out. */
export function printMetrics(families: readonly MetricFamily[]): string {
  const printed = families.filter(({ samples }) => samples.length > 0);
  const sorted = printed.sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.flatMap(printFamily);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function printFamily({ name, help, type, samples }: MetricFamily): string[] {
  return [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${printLabels(labels)} ${goNumber(value)}`),
  ];
}

function printLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
