import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasCommand, shellOf } from './shell.ts';

it.each([
  ['linux', { SHELL: '/bin/bash' }, 'sh'],
  ['linux', {}, 'sh'],
  ['darwin', { SHELL: '/opt/homebrew/bin/fish' }, 'fish'],
  ['darwin', { SHELL: '/usr/local/bin/pwsh' }, 'powershell'],
  ['win32', {}, 'powershell'],
  ['win32', { MSYSTEM: 'MINGW64', SHELL: '/usr/bin/bash' }, 'sh'],
] as const)('on %s with %j it is %s', (platform, environment, shell) => {
  expect(shellOf(platform, environment)).toBe(shell);
});

it('finds programs on the path', () => {
  const folder = temporaryFolder({ 'bin/curl': '', 'bin/wget': '', 'bin/curl.exe': '' });
  chmodSync(join(folder.path, 'bin', 'curl'), 0o755);
  chmodSync(join(folder.path, 'bin', 'wget'), 0o644);
  chmodSync(join(folder.path, 'bin', 'curl.exe'), 0o755);
  const environment = { PATH: `:${folder.path}/nowhere:${folder.path}/bin` };
  expect(hasCommand('curl', 'linux', environment)).toBe(true);
  expect(hasCommand('wget', 'linux', environment)).toBe(false);
  expect(hasCommand('curl', 'linux', {})).toBe(false);
  expect(hasCommand('curl', 'win32', environment)).toBe(true);
});
