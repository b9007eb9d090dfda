import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import type { World } from '../doctor/world.ts';
import type { Source } from '../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { Hypothetical } from '../ingress-nginx/nginx/hypothetical.ts';
import type { BoxIds } from '../view/flows.ts';
import type { ObjectName, TraceHop } from '../wire.ts';
import { Replay, requestOf } from './replay.ts';

/** A request that is to be told, and the cluster that it belongs to. */
export interface SceneParts {
  readonly record: DecisionRecord;
  readonly world: World;
  readonly ids: BoxIds;
}

/** What the hops of one request are told from. */
export class Scene implements SceneParts {
  readonly record: DecisionRecord;
  readonly world: World;
  readonly ids: BoxIds;
  readonly replay: Replay;
  #walked: Hypothetical | undefined;

  constructor({ record, world, ids }: SceneParts) {
    this.record = record;
    this.world = world;
    this.ids = ids;
    this.replay = new Replay(world);
  }

  /** Whether somebody sent it. */
  get wasSent(): boolean {
    return this.record.id > 0;
  }

  /** The same request walked once more on the snapshot that decided: what the phases saw in between. */
  get walked(): Hypothetical | undefined {
    const { configuration } = this.record;
    if (configuration !== undefined) this.#walked ??= this.replay.walk(requestOf(this.record), configuration);
    return this.#walked;
  }

  /** The Ingress that the location came from, as it is now; undefined where it has gone, or none is behind it. */
  get ingress(): Ingress | undefined {
    return this.ingressOf(this.record.location?.source);
  }

  ingressOf(source: Source | undefined): Ingress | undefined {
    return source && this.world.client.get(ingresses, source.namespace, source.ingress);
  }

  /** Value of a header that the client sent; the first, whatever the case of its name. */
  header(name: string): string | undefined {
    const { headers } = this.record;
    const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === name.toLowerCase());
    return at < 0 ? undefined : headers[at + 1];
  }
}

/** One step of a request's way; undefined where the request had no such step. */
export type HopOf = (scene: Scene) => TraceHop | undefined;

/** A step, and the annotations that it tells of (without prefix): what no step tells is listed at the end. */
export interface Hop {
  readonly tells: readonly string[];
  readonly of: HopOf;
}

/** The object and field that decided, with their line in the user's files. */
export function decidedBy(
  { world }: Pick<Scene, 'world'>,
  object: ObjectName,
  field: string,
): Pick<TraceHop, 'object' | 'field' | 'source'> {
  const source = world.sources.locate(object, field);
  return { object, field, ...(source === undefined ? {} : { source }) };
}

/** Box ids without those of what is gone. */
export function boxes(...ids: readonly (string | undefined)[]): string[] {
  return ids.filter((id) => id !== undefined && id !== '') as string[];
}

/** The box of the Ingress that a part of the configuration came from. */
export function ingressBox({ ids }: Scene, source: Source | undefined): string[] {
  return source === undefined ? [] : boxes(ids.ingress(source.namespace, source.ingress));
}

/** Name of an Ingress as hops refer to it. */
export function ingressName(source: { namespace: string; ingress: string }): ObjectName {
  return { kind: 'Ingress', namespace: source.namespace, name: source.ingress };
}

export function serviceName(upstream: { namespace: string; service: string }): ObjectName {
  return { kind: 'Service', namespace: upstream.namespace, name: upstream.service };
}

/** `default/web:3000`; the controller's own page for the default upstream. */
export function spellUpstream({
  namespace,
  service,
  port,
}: {
  namespace: string;
  service: string;
  port: string;
}): string {
  return service === '' ? "the controller's default backend" : `${namespace}/${service}:${port}`;
}

/** Lists at most six, and counts the rest. */
export function atMost(lines: readonly string[], most = 6): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `${lines.length - most} more`];
}

/** A capital letter and a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
