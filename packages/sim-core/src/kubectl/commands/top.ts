import { addQuantities, parseQuantity, quantityMilliValue, quantityValue } from '../../apimachinery/quantity.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { objects, strings, text } from '../json.ts';
import { failure, KubectlError } from '../kubectl-error.ts';
import { TABLE_TABS, tabbed } from '../output/tabwriter.ts';
import type { ApiResource } from '../resources.ts';

const MEBI = 1024 * 1024;

/** What something uses. */
interface Usage {
  readonly namespace: string;
  readonly name: string;
  /** Millicores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** `kubectl top pod` and `top node`, from metrics.k8s.io where there is a metrics server (kubectl/pkg/cmd/top). */
export const top: KubectlCommand = {
  flags: {
    selector: { type: 'string', short: 'l', default: '' },
    'field-selector': { type: 'string', default: '' },
    'all-namespaces': { type: 'bool', short: 'A' },
    'no-headers': { type: 'bool' },
    'sort-by': { type: 'string', default: '' },
  },
  async run(context) {
    const [what = '', name] = context.args;
    const isPod = /^(pod|pods|po)$/.test(what);
    if (!isPod && !/^(node|nodes|no)$/.test(what)) {
      throw new KubectlError(
        `error: unknown command "${context.args.join(' ')}"\nSee 'kubectl top -h' for help and examples`,
      );
    }
    const { resources } = await context.mapper();
    const resource = resources.find(
      (each) => each.group === 'metrics.k8s.io' && each.name === (isPod ? 'pods' : 'nodes'),
    );
    if (resource === undefined) throw failure('Metrics API not available');
    const usages = sorted(await usagesOf(context, resource, name), context.flags.text('sort-by'));
    if (usages.length === 0) {
      context.err(
        isPod && !context.flags.is('all-namespaces')
          ? `No resources found in ${context.namespace} namespace.`
          : 'No resources found',
      );
      return 0;
    }
    const lines = isPod ? podLines(context, usages) : await nodeLines(context, usages);
    const shown = context.flags.is('no-headers') ? lines.slice(1) : lines;
    // Every cell ends with a tab, the last one too.
    context.environment.stdout(`${tabbed(shown.map((line) => `${line.join('\t')}\t`).join('\n'), TABLE_TABS)}\n`);
    return 0;
  },
};

async function usagesOf(context: KubectlContext, resource: ApiResource, name: string | undefined): Promise<Usage[]> {
  const { flags, client } = context;
  const namespace = resource.namespaced && !flags.is('all-namespaces') ? context.namespace : '';
  if (name !== undefined) return [usageOf(await client.get({ resource, namespace, name }))];
  const query = { labelSelector: flags.text('selector'), fieldSelector: flags.text('field-selector') };
  return objects(await client.get({ resource, namespace }, query), 'items').map(usageOf);
}

function usageOf(metrics: JsonObject): Usage {
  const parts = metrics['usage'] === undefined ? objects(metrics, 'containers') : [metrics];
  const sum = (field: string) =>
    parts.map((part) => parseQuantity(strings(part, 'usage')[field] ?? '0')).reduce(addQuantities, parseQuantity('0'));
  return {
    namespace: text(metrics, 'metadata', 'namespace'),
    name: text(metrics, 'metadata', 'name'),
    cpu: quantityMilliValue(sum('cpu')),
    memory: quantityValue(sum('memory')),
  };
}

function sorted(usages: readonly Usage[], by: string): Usage[] {
  const place = ({ namespace, name }: Usage) => `${namespace}/${name}`;
  return [...usages].sort((a, b) => {
    if (by === 'cpu' && a.cpu !== b.cpu) return b.cpu - a.cpu;
    if (by === 'memory' && a.memory !== b.memory) return b.memory - a.memory;
    return place(a) < place(b) ? -1 : 1;
  });
}

function podLines({ flags }: KubectlContext, usages: readonly Usage[]): string[][] {
  const all = flags.is('all-namespaces');
  const head = [...(all ? ['NAMESPACE'] : []), 'NAME', 'CPU(cores)', 'MEMORY(bytes)'];
  return [
    head,
    ...usages.map(({ namespace, name, cpu, memory }) => [...(all ? [namespace] : []), name, ...cells(cpu, memory)]),
  ];
}

function cells(cpu: number, memory: number): [cpu: string, memory: string] {
  return [`${Math.ceil(cpu)}m`, `${Math.floor(memory / MEBI)}Mi`];
}

/** With their share of what the node can give. */
async function nodeLines(context: KubectlContext, usages: readonly Usage[]): Promise<string[][]> {
  const resource = (await context.mapper()).expect('nodes');
  const nodes = objects(await context.client.get({ resource, namespace: '' }), 'items');
  const rows = usages.map(({ name, cpu, memory }) => {
    const own = nodes.find((node) => text(node, 'metadata', 'name') === name);
    const all = (field: string) => parseQuantity(strings(own, 'status', 'allocatable')[field] ?? '0');
    const share = (used: number, whole: number) => (whole === 0 ? '0%' : `${Math.floor((used / whole) * 100)}%`);
    const [cores, bytes] = cells(cpu, memory);
    return [
      name,
      cores,
      share(cpu, quantityMilliValue(all('cpu'))),
      bytes,
      share(memory, quantityValue(all('memory'))),
    ];
  });
  return [['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], ...rows];
}
