import { isFields, type ManifestDocument } from '../../manifest/document.ts';

/** Fields that say how many pods a workload makes. */
const COUNTS: readonly string[] = Object.freeze(['replicas', 'parallelism', 'minReplicas', 'completions']);

/** How many pods a document asks for; 0 for what makes none. */
export function podsAskedFor({ value }: ManifestDocument): number {
  const { spec } = value;
  if (!isFields(spec)) return 0;
  const template =
    isFields(spec['jobTemplate']) && isFields(spec['jobTemplate']['spec']) ? spec['jobTemplate']['spec'] : spec;
  return Math.max(0, ...COUNTS.map((field) => numberOf(template[field])));
}

function numberOf(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? number : 0;
}
