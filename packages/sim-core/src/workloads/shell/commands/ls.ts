import { formatTime } from '../../../sim/clock.ts';
import { FileError } from '../../files/file-error.ts';
import { resolvePath } from '../../files/path.ts';
import { byteLength } from '../../http-answer.ts';
import type { Process } from '../process.ts';
import { parseOptions } from './options.ts';

const MONTHS = Object.freeze(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);

/** `ls [-la1d]`. */
export function ls(process: Process): number {
  const { rest, has } = parseOptions(process.args);
  const { files, tools } = process.machine;
  const isBusybox = tools.userland === 'busybox';
  let status = 0;
  const targets = rest.length === 0 ? ['.'] : rest;
  for (const [index, target] of targets.entries()) {
    const path = resolvePath(process.cwd, target);
    const entry = files.stat(path);
    if (entry === undefined) {
      const { message } = new FileError('ENOENT');
      process.stderr.write(isBusybox ? `ls: ${target}: ${message}\n` : `ls: cannot access '${target}': ${message}\n`);
      status = isBusybox ? 1 : 2;
      continue;
    }
    const isList = entry.kind === 'directory' && !has('d');
    if (isList && targets.length > 1) process.stdout.write(`${index > 0 ? '\n' : ''}${target}:\n`);
    const hidden = has('a') ? ['.', '..'] : [];
    const names = isList
      ? [...hidden, ...files.list(path)].filter((name) => has('a') || has('A') || !name.startsWith('.'))
      : [target];
    if (has('l')) process.stdout.write(longList(process, names, isList ? path : process.cwd, isList));
    else if (process.terminal !== undefined && !has('1') && names.length > 0)
      process.stdout.write(`${names.join('  ')}\n`);
    else for (const name of names) process.stdout.write(`${name}\n`);
  }
  return status;
}

function longList(
  { machine: { files, tools } }: Process,
  names: readonly string[],
  directory: string,
  withTotal: boolean,
): string {
  const owner = `${tools.user.name.padEnd(8)} ${tools.user.name.padEnd(8)}`;
  const rows = names.map((name) => {
    const path = resolvePath(directory, name);
    const entry = files.stat(path);
    const isDirectory = entry?.kind === 'directory';
    const size = isDirectory ? 4096 : byteLength(files.read(path));
    const mode = isDirectory ? 'drwxr-xr-x' : entry?.readOnly === true ? '-r--r--r--' : '-rw-r--r--';
    return `${mode}    ${isDirectory ? 2 : 1} ${owner} ${String(size).padStart(9)} ${listTime(entry?.at ?? 0)} ${name}\n`;
  });
  return `${withTotal ? `total ${rows.length * 4}\n` : ''}${rows.join('')}`;
}

function listTime(at: number): string {
  const iso = formatTime(at);
  return `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${String(Number(iso.slice(8, 10))).padStart(2)} ${iso.slice(11, 16)}`;
}
