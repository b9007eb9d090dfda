import { formatTime } from '../../../../sim/clock.ts';
import { isFailure } from '../../../fetch.ts';
import { resolvePath } from '../../../files/path.ts';
import { byteLength, reasonPhrase } from '../../../http-answer.ts';
import type { Process } from '../../process.ts';
import type { Options } from '../options.ts';
import { isBusybox } from '../userland.ts';
import { fail } from './fail.ts';
import type { Got } from './get.ts';

/** Says what came, and stores it. @returns the exit code */
export function finish(process: Process, options: Options, { result, url }: Got, say: (text: string) => void): number {
  if (isFailure(result)) return 0;
  const { status, body } = result;
  if (status >= 400) {
    if (isBusybox(process))
      return fail(process, `server returned error: HTTP/1.1 ${status} ${reasonPhrase(status)}`, 1);
    process.stderr.write(
      `${formatTime(process.machine.context.clock.now()).slice(0, 19).replace('T', ' ')} ERROR ${status}: ${reasonPhrase(status)}.\n`,
    );
    return 8;
  }
  if (options.has('spider')) {
    say(isBusybox(process) ? 'remote file exists\n' : 'Remote file exists.\n\n');
    return 0;
  }
  const name = options.value('O') ?? (url.pathname.split('/').at(-1) || 'index.html');
  const toOutput = name === '-' || name === '/dev/stdout';
  const quoted = isBusybox(process) ? `'${name}'` : `‘${name}’`;
  say(
    toOutput
      ? isBusybox(process)
        ? 'writing to stdout\n'
        : `Length: ${byteLength(body)}\nSaving to: ‘STDOUT’\n\n`
      : `saving to ${quoted}\n`,
  );
  if (toOutput) process.stdout.write(body);
  else if (name !== '/dev/null') process.machine.files.write(resolvePath(process.cwd, name), body);
  const size = String(byteLength(body)).padStart(6);
  say(
    `${(toOutput ? '-' : name).slice(0, 20).padEnd(20)} 100% |********************************| ${size}  0:00:00 ETA\n`,
  );
  say(toOutput ? 'written to stdout\n' : `${quoted} saved\n`);
  return 0;
}
