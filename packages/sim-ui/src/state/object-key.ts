/** Name of an object as `Kind/namespace/name`; the namespace of cluster-wide ones is whatever who asks takes them for. */
export type ObjectKey = string;

export function objectKey(kind: string, namespace: string, name: string): ObjectKey {
  return `${kind}/${namespace}/${name}`;
}
