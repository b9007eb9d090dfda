import { explain } from '../explain/explain.ts';
import type { Explanation } from '../grader/site.ts';
import type { TargetRequest } from '../grader/target/target.ts';
import { boxIds, type Cluster, PLAIN_EDGE, worldOf } from '../index.ts';
import type { Certificates } from './certificates.ts';

/** Why a request ends as it does; undefined where that cannot be told. */
export function explainRequest(
  cluster: Cluster,
  { method, path, scheme, host, headers, balancer, port }: TargetRequest,
  certificates: Certificates,
): Explanation | undefined {
  const name = balancer ?? (host === '' ? (cluster.edge.ingressLoadBalancer()?.hostname ?? '') : host);
  const url = `${scheme}://${name}${port === undefined ? '' : `:${port}`}${path}`;
  const pairs: [string, string][] = [];
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] as string, headers[i + 1] as string]);
  if (!URL.canParse(url)) return undefined;
  const world = worldOf(cluster, [], PLAIN_EDGE, certificates);
  const trace = explain({ method, url, headers: Object.fromEntries(pairs) }, { world, ids: boxIds(cluster) });
  const source = trace.hops.findLast((hop) => hop.source !== undefined)?.source;
  return {
    summary: trace.summary,
    fix: trace.fix,
    ...(source !== undefined && { file: source.file, line: source.line }),
  };
}
