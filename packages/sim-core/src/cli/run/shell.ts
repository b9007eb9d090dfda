import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The kinds of shell whose lines differ. */
export type Shell = 'sh' | 'fish' | 'powershell';

/** The shell that people paste into, as far as the environment tells: PowerShell on Windows unless it is Git's bash. */
export function shellOf(platform: NodeJS.Platform, { SHELL = '', MSYSTEM }: NodeJS.ProcessEnv): Shell {
  if (platform === 'win32') return MSYSTEM === undefined ? 'powershell' : 'sh';
  const program = /[^/]*$/.exec(SHELL)?.[0] ?? '';
  if (program === 'pwsh') return 'powershell';
  return program === 'fish' ? 'fish' : 'sh';
}

/** Whether a program is on the path. */
export function hasCommand(name: string, platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  const file = platform === 'win32' ? `${name}.exe` : name;
  const folders = (environment.PATH ?? environment['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => isExecutable(join(folder, file)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
