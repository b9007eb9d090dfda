import type { Kind } from '../../apimachinery/kind.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import { parseLabelSelector } from '../../apimachinery/label-selector-parser.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { type FieldTerm, parseFieldSelector } from './field-selector.ts';

/** Which objects of a kind a list or a watch is about. */
export interface Selection {
  /** '' for all. */
  readonly namespace: string;
  /** Whether anything but the namespace narrows it. */
  readonly isNarrowed: boolean;
  matches(object: KubeObject): boolean;
}

/** What narrows a collection. */
export interface SelectionQuery {
  readonly namespace: string;
  /** The one object that the path names. */
  readonly name?: string;
  readonly labelSelector?: string | null;
  readonly fieldSelector?: string | null;
}

/** @throws StatusError BadRequest when a selector cannot be read or names a field that the kind does not offer */
export function select(kind: Kind, { namespace, name, labelSelector, fieldSelector }: SelectionQuery): Selection {
  const labels = labelSelector ? parseLabelSelector(labelSelector) : undefined;
  const fields = fieldSelector ? parseFieldSelector(kind, fieldSelector) : [];
  const isNarrowed = labels !== undefined || fields.length > 0 || name !== undefined;
  const matches = ({ metadata }: KubeObject): boolean =>
    (namespace === '' || metadata.namespace === namespace) && (name === undefined || metadata.name === name);
  if (labels === undefined && fields.length === 0) return { namespace, isNarrowed, matches };
  return {
    namespace,
    isNarrowed,
    matches: (object) =>
      matches(object) &&
      (labels === undefined || matchesSelector(labels, object.metadata.labels)) &&
      fields.every((term) => matchesField(term, object)),
  };
}

function matchesField({ fieldOf, value, negated }: FieldTerm, object: KubeObject): boolean {
  return (fieldOf(object) === value) !== negated;
}
