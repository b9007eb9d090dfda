import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellLine } from './kubeconfig.ts';

test('every shell has its own line', () => {
  expect(shellLine('bash', '/run/x y/kubeconfig')).toBe("export KUBECONFIG='/run/x y/kubeconfig'");
  expect(shellLine('fish', '/run/kubeconfig')).toBe("set -gx KUBECONFIG '/run/kubeconfig'");
  expect(shellLine('powershell', "C:\\it's")).toBe("$env:KUBECONFIG = 'C:\\it''s'");
  expect(shellLine('cmd', 'C:\\Users\\me\\kubeconfig')).toBe('set "KUBECONFIG=C:\\Users\\me\\kubeconfig"');
});

test.skipIf(process.platform === 'win32')('a shell takes the line as it stands', () => {
  const path = `/tmp/it's a "$HOME" \`path\``;
  const script = `${shellLine('bash', path)}; printf %s "$KUBECONFIG"`;
  expect(spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).stdout).toBe(path);
});
