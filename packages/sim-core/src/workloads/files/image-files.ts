import type { ImageTools } from '../image-tools.ts';
import type { ContainerContext } from '../program.ts';
import type { FileText } from './file-entry.ts';

const OS_RELEASE: Readonly<Record<ImageTools['osRelease'], string>> = Object.freeze({
  alpine:
    'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
  debian:
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  ubuntu:
    'PRETTY_NAME="Ubuntu 24.04.2 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.2 LTS (Noble Numbat)"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\n',
  busybox: '',
});

/** The files that every image with such tools has. */
export function imageFiles(
  { processes, clock }: ContainerContext,
  { osRelease, user, commands, workingDirectory, userland }: ImageTools,
): Record<string, FileText> {
  const isRoot = user.uid === 0;
  const files: Record<string, FileText> = {
    '/etc/passwd': `root:x:0:0:root:/root:/bin/${commands.has('bash') ? 'bash' : 'sh'}\n${isRoot ? '' : `${user.name}:x:${user.uid}:${user.gid}::${workingDirectory}:/bin/sh\n`}`,
    '/etc/group': `root:x:0:\n${isRoot ? '' : `${user.name}:x:${user.gid}:\n`}`,
    '/proc/1/cmdline': () => `${(processes().get(1)?.command ?? '').replaceAll(' ', '\0')}\0`,
    '/proc/1/comm': () => `${(processes().get(1)?.command ?? '').split(' ')[0]}\n`,
    '/proc/uptime': () =>
      `${Math.floor((clock.now() - (processes().get(1)?.startedAt ?? clock.now())) / 1000)}.00 0.00\n`,
    '/proc/version': 'Linux version 5.15.0 (simulated)\n',
    '/proc/meminfo': 'MemTotal:       16384000 kB\nMemFree:         8192000 kB\nMemAvailable:   12000000 kB\n',
    '/proc/loadavg': '0.00 0.00 0.00 1/100 1\n',
    [`${workingDirectory}/`]: '',
  };
  if (OS_RELEASE[osRelease] !== '') files['/etc/os-release'] = OS_RELEASE[osRelease];
  if (osRelease === 'alpine') files['/etc/alpine-release'] = '3.22.1\n';
  if (osRelease === 'debian') files['/etc/debian_version'] = '12.11\n';
  const directory = userland === 'busybox' ? '/bin' : '/usr/bin';
  for (const name of commands) if (/^[\w-]+$/.test(name)) files[`${directory}/${name}`] = '\x7fELF';
  if (userland === 'debian') for (const name of ['sh', 'bash', 'cat', 'ls', 'echo']) files[`/bin/${name}`] = '\x7fELF';
  return files;
}
