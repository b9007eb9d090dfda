import type { WireObject } from '@k8s-ingress-sandbox/sim-core/wire';
import { ingressId, nodeId, podId, serviceId } from '../map/topology.ts';

/** A line of the table of objects. */
export interface ObjectRow {
  /** As kubectl takes it: `pod`, `ingressclasses.networking.k8s.io`. */
  readonly resource: string;
  readonly kind: string;
  /** '' for what belongs to the whole cluster. */
  readonly namespace: string;
  readonly name: string;
  /** How it stands, in the words of `kubectl get`. */
  readonly state: string;
  /** '' where it is not told. */
  readonly age: string;
  /** Its box on the map, if it has one. */
  readonly box?: string;
}

/** Kinds that the feed keeps up to date, in the order of the map. */
export const LIVE_KINDS = Object.freeze(['Node', 'Ingress', 'Service', 'Deployment', 'Pod'] as const);

/** The rows of what the feed tells of. */
export function liveRows(objects: Iterable<WireObject>, kind: string): ObjectRow[] {
  const rows = [...objects].flatMap((object) => (kind === '' || object.kind === kind ? (rowOf(object) ?? []) : []));
  return rows.sort((a, b) => rank(a) - rank(b) || order(a.namespace, b.namespace) || order(a.name, b.name));
}

/** Rows whose kind, namespace, name or state holds a text. */
export function matching(rows: readonly ObjectRow[], text: string): readonly ObjectRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter(({ kind, namespace, name, state }) =>
    `${kind}/${namespace}/${name} ${state}`.toLowerCase().includes(wanted),
  );
}

/** The rows of what `kubectl get RESOURCE -A` printed: its columns begin where their headings do. */
export function printedRows(resource: string, text: string): ObjectRow[] {
  const [heading = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const columns = [...heading.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], at: match.index }));
  return lines.map((line) => {
    const cells = columns.map(({ name, at }, i) => ({ name, text: line.slice(at, columns[i + 1]?.at).trim() }));
    const cell = (name: string): string => cells.find((one) => one.name === name)?.text ?? '';
    return {
      resource,
      kind: resource.replace(/\..*/, ''),
      namespace: cell('NAMESPACE'),
      name: cell('NAME'),
      state: cells.flatMap(({ name, text }) => (['NAMESPACE', 'NAME', 'AGE'].includes(name) ? [] : text)).join(' '),
      age: cell('AGE'),
    };
  });
}

function rowOf(object: WireObject): ObjectRow | undefined {
  switch (object.kind) {
    case 'Node':
      return row(object, object.ready ? 'Ready' : 'NotReady', nodeId(object.name));
    case 'Ingress':
      return row(object, [object.className || '<none>', object.address].join(' ').trim(), ingressId(object.uid));
    case 'Service':
      return row(object, `${object.type} ${object.ports}`, serviceId(object.uid));
    case 'Deployment':
      return row(object, `${object.ready}/${object.desired}`);
    case 'Pod':
      return row(object, `${object.ready} ${object.status}`, podId(object.uid));
    default:
      return undefined;
  }
}

function row(object: WireObject, state: string, box?: string): ObjectRow {
  const { kind, name } = object;
  const namespace = 'namespace' in object ? object.namespace : '';
  return { resource: kind.toLowerCase(), kind, namespace, name, state, age: '', ...(box === undefined ? {} : { box }) };
}

function rank({ kind }: ObjectRow): number {
  return LIVE_KINDS.indexOf(kind as (typeof LIVE_KINDS)[number]);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
