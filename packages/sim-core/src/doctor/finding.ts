import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { DoctorFinding, ObjectName } from '../wire.ts';
import type { World } from './world.ts';

/** One thing that the doctor looks for: one file each, all of this shape. */
export interface Check {
  /** As `reason` of its findings, where it has but one. */
  readonly name: string;
  check(world: World): DoctorFinding[];
}

/** What a check says, before it is known where that stands. */
export interface Diagnosis {
  readonly severity: DoctorFinding['severity'];
  readonly reason: string;
  readonly object: ObjectName;
  /** Field of the object at whose line the finding stands. */
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/** A finding at its place in the user's files. */
export function findingOf({ field, ...diagnosis }: Diagnosis, { sources }: World): DoctorFinding {
  const source = sources.locate(diagnosis.object, field);
  return source === undefined ? diagnosis : { ...diagnosis, source };
}

export function nameOf({ kind, metadata }: KubeObject): ObjectName {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** `Ingress default/web`. */
export function spell({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

/** ` (canary.yaml:12)`, or '' for what stands in no file. */
export function place(world: World, object: ObjectName, field: string): string {
  const source = world.sources.locate(object, field);
  return source === undefined ? '' : ` (${source.file}:${source.line})`;
}

/** `canary.yaml:12`, or the field's name for what stands in no file. */
export function line(world: World, object: ObjectName, field: string): string {
  const source = world.sources.locate(object, field);
  return source === undefined ? field : `${source.file}:${source.line}`;
}

/** `a`, `a and b`, `a, b and c`; more than `most` are counted. */
export function listing(words: readonly string[], most = 5): string {
  const shown = words.length > most ? [...words.slice(0, most), `${words.length - most} more`] : words;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
