import type { World } from '../doctor/world.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { BoxIds } from '../view/flows.ts';
import type { ObjectName, TraceHop } from '../wire.ts';

/** What the hops of one request are told from. */
export interface Scene {
  readonly record: DecisionRecord;
  /** Set for a request that was never sent: what it would carry. Flat. */
  readonly headers?: readonly string[];
  readonly world: World;
  readonly ids: BoxIds;
}

/** One step of a request's way; undefined where the request had no such step. */
export type HopOf = (scene: Scene) => TraceHop | undefined;

/** The object and field that decided, with their line in the user's files. */
export function decidedBy(
  { world }: Scene,
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
