import { readYaml } from '../manifest/read-yaml.ts';
import type { WireDeviation } from '../wire.ts';

/** An entry of the file, whose shape its own test holds (conformance/deviations.ts). */
interface Entry extends Omit<WireDeviation, 'vectors'> {
  readonly vectors?: Readonly<Record<string, unknown>>;
}

/**
 * Where the simulation differs knowingly from ingress-nginx.
 * @param text `conformance/deviations.yaml` of the package
 * @throws Error naming what of it is no YAML
 */
export function wireDeviations(text: string): WireDeviation[] {
  const entries = readYaml(text).value as readonly Entry[];
  return entries.map(({ id, area, what, why, vectors = {} }) => ({
    id,
    area,
    what,
    why,
    vectors: Object.keys(vectors),
  }));
}
