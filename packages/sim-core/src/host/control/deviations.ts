import { readFile } from 'node:fs/promises';
import { wireDeviations } from '../../run/deviations.ts';
import type { WireDeviation } from '../../wire.ts';

/**
 * Where the simulation differs knowingly from ingress-nginx, as a file of the package says. Read when somebody asks; it does
 * not change while the sandbox runs.
 * @param path of `conformance/deviations.yaml`
 * @throws Error of the file system, or naming what of the file is no YAML
 */
export async function readDeviationsFile(path: string): Promise<WireDeviation[]> {
  return wireDeviations(await readFile(path, 'utf8'));
}
