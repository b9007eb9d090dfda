import { resolvePath } from '../../../files/path.ts';
import { readAll } from '../../streams.ts';
import type { Waiting } from '../../wait.ts';
import type { Transfer } from './transfer.ts';

/** What is sent: -d, --json, -F, -T, with the files and the standard input that they name. */
export function* bodyOf({ options, process }: Transfer): Waiting<string | undefined> {
  if (options.has('T'))
    return process.machine.files.stat(resolvePath(process.cwd, options.value('T') as string))
      ? process.machine.files.read(resolvePath(process.cwd, options.value('T') as string))
      : '';
  if (!options.has('d') && !options.has('json') && !options.has('F')) return undefined;
  const pieces: string[] = [];
  for (const data of [...options.values('d'), ...options.values('json'), ...options.values('F')]) {
    if (data === '@-') pieces.push(yield* readAll(process.stdin));
    else if (data.startsWith('@')) {
      const path = resolvePath(process.cwd, data.slice(1));
      pieces.push(process.machine.files.stat(path)?.kind === 'file' ? process.machine.files.read(path) : '');
    } else pieces.push(data);
  }
  return pieces.join('&');
}
