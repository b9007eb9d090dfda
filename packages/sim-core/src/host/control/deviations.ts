import { readFile } from 'node:fs/promises';
import { readYaml } from '../../manifest/read-yaml.ts';
import type { WireDeviation } from '../../wire.ts';

/** An entry of the file, whose shape its own test holds (conformance/deviations.ts). */
interface Entry extends Omit<WireDeviation, 'vectors'> {
  readonly vectors?: Readonly<Record<string, unknown>>;
}

/**
 * Where the simulation differs knowingly from ingress-nginx, as `conformance/deviations.yaml` of the package says. Read when
 * somebody asks; the file does not change while the sandbox runs.
 * @throws Error of the file system, or naming what of the file is no YAML
 */
export async function readDeviationsFile(path: string): Promise<WireDeviation[]> {
  const entries = readYaml(await readFile(path, 'utf8')).value as readonly Entry[];
  return entries.map(({ id, area, what, why, vectors = {} }) => ({
    id,
    area,
    what,
    why,
    vectors: Object.keys(vectors),
  }));
}
