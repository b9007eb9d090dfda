import type { Ingress } from '../../api/networking-v1/ingress.ts';
import type { ParsedAnnotations } from '../annotations/parse-annotations.ts';
import { DEFAULT_SERVER } from '../nginx/configuration.ts';
import type { ParsedIngress, ParsedRule } from './draft.ts';

/** An Ingress as the controller stores it (internal/ingress/controller/store/store.go, syncIngress). */
export function parseIngress(ingress: Ingress, { directives }: ParsedAnnotations): ParsedIngress {
  const rules = (ingress.spec.rules ?? []).map(
    ({ host, http }, ruleIndex): ParsedRule => ({
      host: host || DEFAULT_SERVER,
      paths: http?.paths.map(({ path, pathType, backend }, index) => ({
        path: path || '/',
        pathType: pathType === 'Exact' ? 'Exact' : 'Prefix',
        backend,
        field: `spec.rules[${ruleIndex}].http.paths[${index}]`,
      })),
    }),
  );
  return { ingress, namespace: ingress.metadata.namespace ?? '', name: ingress.metadata.name, rules, directives };
}

/** Oldest first; of the same second, the later name first (store.go, sortIngressSlice). */
export function compareAge(a: Ingress, b: Ingress): number {
  const [older, younger] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
  if (older !== younger) return older < younger ? -1 : 1;
  const [left, right] = [a, b].map(({ metadata }) => `${metadata.namespace}/${metadata.name}`) as [string, string];
  return left > right ? -1 : left < right ? 1 : 0;
}
