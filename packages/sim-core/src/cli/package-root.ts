import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the installed package (or the clone): the nearest one above this file that holds `scenarios/`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'scenarios')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** One packaged scenario: its name, its file and its sentence. */
export interface PackagedScenario {
  name: string;
  file: string;
  summary: string;
}

/** The scenarios that come with the package, by name. */
export function packagedScenarios(root = packageRoot()): PackagedScenario[] {
  return readdirSync(join(root, 'scenarios'))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const path = join(root, 'scenarios', file);
      const summary =
        /^\s*sandbox\.k8s-ingress\.dev\/summary:\s*"(.*)"\s*$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
      return { name: file.slice(0, -'.yaml'.length), file: path, summary };
    });
}
