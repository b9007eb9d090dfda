import type { Shell } from './shell.ts';

/** `/ # ` in busybox, `root@pod:/# ` in Debian's bash, `# ` in dash. */
export function promptOf(shell: Shell): string {
  const { user } = shell.machine.tools;
  const sign = user.uid === 0 ? '#' : '$';
  const home = shell.variables.get('HOME') ?? '/';
  const place = home !== '/' && shell.cwd === home ? '~' : shell.cwd;
  const host = shell.machine.context.env['HOSTNAME'] ?? '';
  if (shell.parts.kind === 'ash') return `${place} ${sign} `;
  if (shell.parts.kind === 'dash') return `${sign} `;
  return shell.machine.tools.userland === 'busybox'
    ? `${host}:${place}${sign} `
    : `${user.name}@${host}:${place}${sign} `;
}
