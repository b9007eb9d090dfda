import { configMaps } from '../../api/core-v1/config-map.ts';
import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { keyOf, parseKey } from '../../apimachinery/object-meta.ts';
import { annotationField, annotationNames, annotationPrefix } from '../../doctor/annotation.ts';
import { annotationProblems } from '../../doctor/annotation-problems.ts';
import { controllerDeployments, type Replica } from '../../doctor/controllers.ts';
import type { World } from '../../doctor/world.ts';
import { InvalidValue } from '../../ingress-nginx/annotations/define-annotation.ts';
import { annotationNamed } from '../../ingress-nginx/annotations/index.ts';
import { CONFIG_MAP_KEYS } from '../../ingress-nginx/config-map/keys.ts';
import type { Source } from '../../ingress-nginx/nginx/configuration.ts';
import type { PrintedLine } from '../../ingress-nginx/nginx/print-conf/conf.ts';
import type { NginxConfSource, ObjectName } from '../../wire.ts';

/**
 * Finds who wrote a line: of the settings that can, those that are set: the annotation of the line's Ingress, else the key of
 * the controller's ConfigMap, else the flag.
 */
export class LineSources {
  readonly #world: World;
  /** What counts in the controller's ConfigMap, by key. */
  readonly #keys: ReadonlyMap<string, NginxConfSource>;
  readonly #flags: ReadonlyMap<string, NginxConfSource>;
  /** Annotations of an Ingress that count, without prefix. */
  readonly #annotations = new Map<string, ReadonlySet<string>>();

  constructor(replica: Replica, world: World) {
    this.#world = world;
    this.#keys = this.#readKeys(replica);
    this.#flags = this.#readFlags();
  }

  of({ settings, source }: PrintedLine): NginxConfSource[] {
    const set = groups(settings).flatMap((names) => this.#setBy(names, source) ?? []);
    if (set.length > 0) return set;
    if (settings.length > 0) return settings.map((name) => ({ kind: 'default', name }));
    if (source === undefined || source.field === '') return [];
    return [this.#at('rule', source.field, ingressOf(source), source.field)];
  }

  /** @param names of one setting: its own first, then those that it had */
  #setBy(names: readonly string[], source: Source | undefined): NginxConfSource | undefined {
    const annotation = source && names.find((name) => this.#annotationsOf(source).has(name));
    if (source !== undefined && annotation !== undefined)
      return this.#at(
        'annotation',
        annotationPrefix(this.#world) + annotation,
        ingressOf(source),
        annotationField(annotation, this.#world),
      );
    const other = names.find((name) => this.#keys.has(name) || this.#flags.has(name)) ?? '';
    return this.#keys.get(other) ?? this.#flags.get(other);
  }

  #annotationsOf({ namespace, ingress: name }: Source): ReadonlySet<string> {
    const key = keyOf(namespace, name);
    const known = this.#annotations.get(key);
    if (known !== undefined) return known;
    const ingress = this.#world.client.get(ingresses, namespace, name);
    const names = new Set(ingress === undefined ? [] : effectiveAnnotations(ingress, this.#world));
    this.#annotations.set(key, names);
    return names;
  }

  #readKeys({ nginx }: Replica): Map<string, NginxConfSource> {
    const { namespace, name } = parseKey(nginx.flags.configMap);
    const data = this.#world.client.get(configMaps, namespace, name)?.data ?? {};
    const object = { kind: 'ConfigMap', namespace, name };
    const read = CONFIG_MAP_KEYS.filter((key) => !(key.parse(data[key.name] ?? '') instanceof InvalidValue));
    const set = read.filter((key) => data[key.name] !== undefined);
    return new Map(set.map((key) => [key.name, this.#at('configmap', key.name, object, `data[${key.name}]`)]));
  }

  /** Flags of the first Deployment that runs the controller. */
  #readFlags(): Map<string, NginxConfSource> {
    const [deployment] = controllerDeployments(this.#world);
    const { namespace = '', name = '' } = deployment?.metadata ?? {};
    const object = { kind: 'Deployment', namespace, name };
    const containers = deployment?.spec.template.spec.containers ?? [];
    const flags = containers.flatMap(({ args = [] }, index) =>
      args.map((argument, at): [string, NginxConfSource] => {
        const flag = argument.split('=')[0] as string;
        return [flag, this.#at('flag', flag, object, `spec.template.spec.containers[${index}].args[${at}]`)];
      }),
    );
    return new Map(flags.filter(([flag]) => flag.startsWith('--')));
  }

  #at(kind: NginxConfSource['kind'], name: string, object: ObjectName, field: string): NginxConfSource {
    const source = this.#world.sources.locate(object, field);
    return { kind, name, object, ...(source === undefined ? {} : { source }) };
  }
}

/** Those that were read; a former name gives way to the present one, as in parse-annotations.ts. */
function effectiveAnnotations(ingress: Ingress, world: World): string[] {
  const ignored = new Set(
    annotationProblems(ingress, world).flatMap(({ annotation, effect }) => (effect === 'default' ? [annotation] : [])),
  );
  return annotationNames(ingress, world).filter((name) => annotationNamed(name) !== undefined && !ignored.has(name));
}

/** Names of one setting together: the annotation's own before its former ones. */
function groups(settings: readonly string[]): string[][] {
  const byOwn = new Map<string, string[]>();
  for (const name of settings) {
    const own = annotationNamed(name)?.name ?? name;
    byOwn.set(own, [...(byOwn.get(own) ?? []), name]);
  }
  return [...byOwn.values()];
}

function ingressOf({ namespace, ingress }: Source): ObjectName {
  return { kind: 'Ingress', namespace, name: ingress };
}
