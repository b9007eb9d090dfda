import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { podSummary } from '../api/core-v1/pod/summary.ts';
import { type Pod, type PodStatus, pods } from '../api/core-v1/pod.ts';
import { KINDS } from '../api/kinds.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { Scheme } from '../apimachinery/scheme.ts';
import { columnsOf, printTable } from './table-printer.ts';

/* Tables as a real kube-apiserver v1.33.3 sent them. */

interface Column {
  readonly name: string;
  readonly priority: number;
}

interface RecordedTable {
  readonly columnDefinitions: readonly Column[];
  readonly rows: readonly { cells: readonly unknown[]; object: { metadata: { name: string } } }[];
}

interface PodCell {
  readonly id: string;
  readonly containers: number;
  readonly initContainers: number;
  readonly deletionTimestamp: boolean;
  readonly status: PodStatus;
  readonly expect: { READY: string; STATUS: string; RESTARTS: string };
}

function read<T>(...path: string[]): T | undefined {
  const file = sharedPath('conformance', ...path);
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as T);
}

const podCells = read<{ columnDefinitions: Column[]; cells: PodCell[] }>('pod-status-cells.json');
const stored = read<{ cases: { output: KubeObject }[] }>('defaults.json')?.cases.map(({ output }) => output) ?? [];

function columns(resource: string): Column[] {
  const kind = new Scheme(KINDS).word(resource);
  if (kind === undefined) throw new Error(`no kind for ${resource}`);
  return columnsOf(kind).map(({ name, priority = 0 }) => ({ name, priority }));
}

describe.skipIf(podCells === undefined)('pods', () => {
  test('columns', () => {
    const recorded = podCells?.columnDefinitions.map(({ name, priority }) => ({ name, priority }));
    expect(columns(pods.resource)).toEqual(recorded);
  });

  test.each((podCells?.cells ?? []).map((each) => [each.id, each] as const))('%s', (_id, recorded) => {
    const names = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `${prefix}${i}` }));
    const pod: Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', ...(recorded.deletionTimestamp && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
      spec: { containers: names('c', recorded.containers), initContainers: names('i', recorded.initContainers) },
      status: recorded.status,
    };
    const { ready, status, restarts } = podSummary(pod, Date.UTC(2026, 10, 23, 0, 10));
    const RESTARTS = restarts.replace(/\(.* ago\)/, '(<age> ago)');
    expect({ READY: ready, STATUS: status, RESTARTS }).toEqual(recorded.expect);
  });
});

describe.each(['deployments', 'services', 'ingresses', 'endpointslices'])('%s', (resource) => {
  const recorded = read<RecordedTable>('api-samples', `table-${resource}.json`);

  test.skipIf(recorded === undefined)('columns', () => {
    expect(columns(resource)).toEqual(recorded?.columnDefinitions.map(({ name, priority }) => ({ name, priority })));
  });

  test.skipIf(recorded === undefined)('rows', () => {
    const kind = new Scheme(KINDS).word(resource);
    // The recorder's last word on an object is the one that the table shows.
    const objects = new Map(
      stored.filter((object) => object.kind === kind?.kind).map((each) => [each.metadata.name, each]),
    );
    for (const { cells } of recorded?.rows ?? []) {
      const object = objects.get(String(cells[0]));
      if (kind === undefined || object === undefined) continue;
      const [row] = printTable(kind, [object], 0, { wide: true }).rows;
      const age = columnsOf(kind).findIndex(({ name }) => name === 'Age');
      expect(row?.toSpliced(age, 1)).toEqual(cells.toSpliced(age, 1));
    }
  });
});
