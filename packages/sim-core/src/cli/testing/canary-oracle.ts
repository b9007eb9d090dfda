import type { GradeResult } from '../../grader/result.ts';
import { createCluster, INGRESS_NGINX_ADDON, simulateRequests, splitRow } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { SourceFile } from '../../manifest/source-map.ts';

/**
 * Whether manifests really make a canary of five percent, found out on another way than the grader's: by the controller's own
 * books after requests to every host that is served.
 */
export async function reallySplits(files: readonly SourceFile[]): Promise<boolean> {
  const cluster = createCluster({ traceHeader: false });
  cluster.apply(decodeManifests('addon.yaml', INGRESS_NGINX_ADDON).documents);
  cluster.advance(30_000);
  const documents = files.flatMap(({ file, text }) => decodeManifests(file, text).documents);
  cluster.apply(documents, { postpone: true });
  cluster.advance(30_000);
  const hosts = documents.flatMap(({ value }) => hostsOf(value));
  const urls = [...new Set(hosts)].map((host) => `http://${host.replace(/^\*\./, 'any.') || 'any.example'}/`);
  if (urls.length > 0) await simulateRequests(cluster, { urls, headers: {}, count: 200 * urls.length, rate: 1000 });
  const rows = cluster.splits.all().map(splitRow);
  cluster.stop();
  return rows.some(({ weight, weightTotal, errors }) => weight / weightTotal === 0.05 && errors === 0);
}

/** Hosts of the rules of an Ingress; '' for a rule without one. */
export function hostsOf({ kind, spec }: { kind: string; spec?: unknown }): string[] {
  const rules = (spec as { rules?: { host?: unknown }[] } | null | undefined)?.rules;
  return kind === 'Ingress' && Array.isArray(rules) ? rules.map((rule) => String(rule?.host ?? '')) : [];
}

/** What is wrong with a grade of whatever anybody handed in; undefined when nothing is. */
export async function suspicion(result: GradeResult, files: readonly SourceFile[]): Promise<string | undefined> {
  const { score, max, ungraded, checks } = result;
  if (checks.length === 0 || score > max || score < 0) return 'its points do not add up';
  if (checks.some(({ message }) => message === '')) return 'a check says nothing';
  const odd = checks.find(({ message }) => /undefined|\[object|is not a function|Cannot read/.test(message));
  if (odd !== undefined) return `check ${odd.id} says: ${odd.message}`;
  if (ungraded === 0 && score === max && !(await reallySplits(files))) return 'it passes and does not route';
  return undefined;
}
