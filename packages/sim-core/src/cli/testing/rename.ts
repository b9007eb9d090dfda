import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { isFields } from '../../manifest/document.ts';
import { encodeManifests } from '../../manifest/encode-manifests.ts';
import type { SourceFile } from '../../manifest/source-map.ts';
import { nameSuffix, Random, type RandomStream } from '../../sim/random.ts';

/** Fields whose texts are names that students choose: of objects, in labels and selectors, and references to them. */
const NAMES: readonly string[] = Object.freeze(['labels', 'matchLabels', 'selector']);
/** Kinds that live in no namespace. */
const CLUSTER_WIDE = /^(Namespace|IngressClass|ClusterRole|ClusterRoleBinding|CustomResourceDefinition)$/;

/** Manifests with every name, label, host and the namespace replaced at random, consistently; the controller's own stay as they are. */
export function renamed(files: readonly SourceFile[], seed: number): SourceFile[] {
  const names = new Renaming(new Random(seed).fork('rename'));
  const documents = files.map(({ file, text }) => ({
    file,
    values: decodeManifests(file, text).documents.map((each) => each.value),
  }));
  for (const { values } of documents) for (const value of values) if (!isOfController(value)) names.learn(value);
  return documents.map(({ file, values }) => ({
    file,
    text: encodeManifests(values.map((value) => (isOfController(value) ? value : names.apply(value)))),
  }));
}

/** Whether it belongs to a genuine manifest of the controller, which nobody writes by hand. */
function isOfController(value: unknown): boolean {
  const metadata = isFields(value) ? value['metadata'] : undefined;
  const labels = isFields(metadata) ? metadata['labels'] : undefined;
  return isFields(labels) && labels['app.kubernetes.io/name'] === 'ingress-nginx';
}

class Renaming {
  readonly #chance: RandomStream;
  readonly #names = new Map<string, string>();
  readonly #hosts = new Map<string, string>();
  readonly #namespace: string;

  constructor(chance: RandomStream) {
    this.#chance = chance;
    this.#namespace = this.#fresh();
  }

  /** Remembers the name of an object. */
  learn(value: unknown): void {
    const metadata = isFields(value) ? value['metadata'] : undefined;
    if (isFields(metadata) && typeof metadata['name'] === 'string') this.#nameFor(metadata['name']);
  }

  apply(value: unknown): unknown {
    const copy = this.#walk(value, '') as Record<string, unknown>;
    const metadata = copy['metadata'] as Record<string, unknown>;
    const isHere = !CLUSTER_WIDE.test(String(copy['kind']));
    return { ...copy, metadata: { ...metadata, ...(isHere && { namespace: this.#namespace }) } };
  }

  #walk(value: unknown, key: string): unknown {
    if (typeof value === 'string') return this.#text(value, key);
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, key));
    if (!isFields(value)) return value;
    const entries = Object.entries(value).map(([name, inner]) => {
      if (NAMES.includes(name) && isFields(inner) && !('matchLabels' in inner)) return [name, this.#labels(inner)];
      if (name === 'containers' || name === 'initContainers') return [name, this.#containers(inner)];
      return [name, this.#walk(inner, name)];
    });
    return Object.fromEntries(entries);
  }

  /** Names of containers and images stay; addresses of Services in their environment do not. */
  #containers(value: unknown): unknown {
    const text = JSON.stringify(value);
    const known = [...this.#names].sort(([a], [b]) => b.length - a.length);
    return JSON.parse(known.reduce((all, [from, to]) => all.replaceAll(`//${from}`, `//${to}`), text));
  }

  #labels(labels: Readonly<Record<string, unknown>>): unknown {
    return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, this.#nameFor(String(value))]));
  }

  #text(text: string, key: string): string {
    if (key === 'host' || key === 'hosts') return this.#hostFor(text);
    const isReference = key === 'name' || key === 'secretName' || key === 'serviceName';
    return isReference ? (this.#names.get(text) ?? text) : text;
  }

  #nameFor(name: string): string {
    const known = this.#names.get(name) ?? this.#fresh();
    this.#names.set(name, known);
    return known;
  }

  #hostFor(host: string): string {
    const known = this.#hosts.get(host) ?? `${this.#fresh()}.example.org`;
    this.#hosts.set(host, known);
    return known;
  }

  #fresh(): string {
    return `n${nameSuffix(this.#chance, 8)}`;
  }
}
