import { type ConfigMap, configMaps } from '../api/core-v1/config-map.ts';
import type { Ingress } from '../api/networking-v1/ingress.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { deepInspect } from './admission/inspector.ts';
import { type ParsedAnnotations, parseAnnotations } from './annotations/parse-annotations.ts';
import { blockedWord } from './blocked-words.ts';
import { type GlobalDirectives, readConfigMap } from './config-map/keys.ts';
import type { Flags } from './flags.ts';
import type { ParsedIngress } from './model/draft.ts';
import { parseIngress } from './model/parse-ingress.ts';
import type { NamedObjects } from './named-objects.ts';

/** An Ingress that was read, and under which settings. */
interface Read {
  readonly globals: GlobalDirectives;
  readonly annotations: ParsedAnnotations;
  readonly parsed: ParsedIngress;
}

/** Reads Ingresses and the ConfigMap, each version once: a cluster changes all the time, most of its Ingresses never. */
export class IngressReader {
  readonly #client: Client;
  readonly #objects: NamedObjects;
  /** `namespace/name` of the ConfigMap; '' for none. */
  readonly #configMapKey: string;
  readonly #deepInspect: boolean;
  readonly #prefix: string;
  readonly #read = new WeakMap<Ingress, Read>();
  #globals: { readonly from: ConfigMap | undefined; readonly globals: GlobalDirectives } | undefined;
  /** The version of an Ingress that was read last without being dropped: it keeps serving when a later one is bad. */
  readonly #accepted = new Map<string, ParsedIngress>();

  constructor(client: Client, objects: NamedObjects, { configMap, deepInspect, annotationsPrefix }: Flags) {
    this.#client = client;
    this.#objects = objects;
    this.#configMapKey = configMap;
    this.#deepInspect = deepInspect;
    this.#prefix = `${annotationsPrefix}/`;
  }

  /** What the ConfigMap says now. */
  globals(): GlobalDirectives {
    const { namespace, name } = parseKey(this.#configMapKey);
    const from = this.#client.get(configMaps, namespace, name);
    if (this.#globals === undefined || this.#globals.from !== from) {
      this.#globals = { from, globals: readConfigMap(from?.data ?? {}) };
    }
    return this.#globals.globals;
  }

  annotations(ingress: Ingress): ParsedAnnotations {
    return this.#of(ingress).annotations;
  }

  /** The Ingresses that are served; those that went are forgotten. */
  parse(ingresses: readonly Ingress[]): ParsedIngress[] {
    const served = ingresses.flatMap((ingress) => this.#parse(ingress));
    const uids = new Set(ingresses.map(({ metadata }) => metadata.uid ?? ''));
    for (const uid of [...this.#accepted.keys()]) if (!uids.has(uid)) this.#accepted.delete(uid);
    return served;
  }

  /** Whether some version of an Ingress was taken in: one that was dropped from the start is none of the controller's. */
  hasTaken({ metadata }: Ingress): boolean {
    return this.#accepted.has(metadata.uid ?? '');
  }

  /** An Ingress that is not in the store, as it would be read; nothing is remembered of it. */
  candidate(ingress: Ingress): ParsedIngress {
    return this.#of(ingress).parsed;
  }

  #parse(ingress: Ingress): ParsedIngress[] {
    const uid = ingress.metadata.uid ?? '';
    const { annotations, parsed } = this.#of(ingress);
    if (!annotations.dropped && !this.#isRefused(ingress)) {
      this.#accepted.set(uid, parsed);
      return [parsed];
    }
    const earlier = this.#accepted.get(uid);
    return earlier === undefined ? [] : [earlier];
  }

  /** What the webhook keeps out is not taken in either, should it get past it. */
  #isRefused(ingress: Ingress): boolean {
    if (this.#deepInspect && deepInspect(ingress) !== undefined) return true;
    const { controller } = this.globals();
    return blockedWord(ingress.metadata.annotations, controller, this.#prefix) !== undefined;
  }

  #of(ingress: Ingress): Read {
    const globals = this.globals();
    const known = this.#read.get(ingress);
    if (known?.globals === globals) return known;
    const lookup = this.#objects.lookup(ingress, globals.controller);
    const annotations = parseAnnotations(ingress.metadata.annotations ?? {}, globals, lookup, this.#prefix);
    const read = { globals, annotations, parsed: parseIngress(ingress, annotations) };
    // What was looked up may change without the Ingress.
    if (!lookup.used) this.#read.set(ingress, read);
    return read;
  }
}
