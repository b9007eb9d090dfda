import { nearest } from '../../manifest/nearest.ts';
import type { Reader } from '../../scenario/reader.ts';
import { isRole, ROLES, type Role } from './roles.ts';

/** Objects by what they are; what is left out is not asked. */
export interface ObjectSelector {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** An image, with or without its tag: pods that run it, workloads that make such pods, Services that select them. */
  readonly image?: string;
}

/** What a check looks at: the object of a role, or objects by what they are. */
export type Selector = Role | ObjectSelector;

/** Reads `$canary`, or `{ kind: Service, name: web }`. */
export function readSelector(reader: Reader, field: string, fallback?: Role): Selector {
  const value = reader.anything(field);
  if (value === undefined && fallback !== undefined) return fallback;
  if (typeof value === 'string' || value === undefined) return readRole(reader, field, fallback ?? '$main');
  const object = reader.object(field);
  object.known(['apiVersion', 'kind', 'namespace', 'name', 'labels', 'image']);
  object.needs(['kind']);
  return {
    kind: object.text('kind', ''),
    ...(object.has('apiVersion') && { apiVersion: object.text('apiVersion', '') }),
    ...(object.has('namespace') && { namespace: object.text('namespace', '') }),
    ...(object.has('name') && { name: object.text('name', '') }),
    ...(object.has('labels') && { labels: object.record('labels') }),
    ...(object.has('image') && { image: object.text('image', '') }),
  };
}

/** Reads a role. */
export function readRole(reader: Reader, field: string, fallback: Role): Role {
  const text = reader.text(field, fallback);
  if (isRole(text)) return text;
  const meant = nearest(text, ROLES);
  const question = meant === undefined ? ';' : `, did you mean ${meant}?`;
  reader.complain(field, `no role ${text}${question} known: ${ROLES.join(', ')}`);
  return fallback;
}

/** A role, or a name as it stands. */
export function readRoleOrName(reader: Reader, field: string): string {
  return reader.text(field, '').startsWith('$') ? readRole(reader, field, '$main') : reader.text(field, '');
}

/** Roles that a selector speaks of. */
export function rolesOf(selector: Selector): Role[] {
  return typeof selector === 'string' ? [selector] : [];
}
