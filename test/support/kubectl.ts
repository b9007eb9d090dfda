import { spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandPath, requireInCI } from './tools.ts';

/** A kubectl of this machine. */
export interface Kubectl {
  readonly path: string;
  /** `1.33.1` */
  readonly version: string;
  /** 33 */
  readonly minor: number;
}

/** Older ones are not supported: they want /openapi/v2. */
export const OLDEST_MINOR = 29;

/**
 * One kubectl of every minor version from 1.29 on: the one on the PATH, and those beside it that carry their version in their name. The oldest
 * first; none, with a loud line, where there is no kubectl at all.
 *
 * @throws when the environment says CI and a kubectl is there, but none that can be used
 */
export function kubectls(): Kubectl[] {
  const onPath = commandPath('kubectl');
  if (onPath === undefined) {
    requireInCI('kubectl', false);
    return [];
  }
  const found = [onPath, ...besides(realpathSync(onPath))].flatMap((path) => describeKubectl(path) ?? []);
  const byMinor = new Map(found.map((each) => [each.minor, each]));
  const usable = [...byMinor.values()].filter(({ minor }) => minor >= OLDEST_MINOR);
  if (usable.length === 0) requireInCI(`kubectl from 1.${OLDEST_MINOR} on`);
  return usable.sort((a, b) => a.minor - b.minor);
}

/** `kubectl.1.29`, `kubectl-1.30`, `kubectl1.31` in the same folder. */
function besides(path: string): string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => /^kubectl[.-]?v?1\.\d+(\.exe)?$/.test(name))
    .map((name) => join(folder, name));
}

function describeKubectl(path: string): Kubectl | undefined {
  const { stdout } = spawnSync(path, ['version', '--client', '--output=json'], { encoding: 'utf8', timeout: 20_000 });
  const version = /"gitVersion": "v(1\.(\d+)\.\d+)/.exec(stdout ?? '');
  return version === null ? undefined : { path, version: version[1] as string, minor: Number(version[2]) };
}
