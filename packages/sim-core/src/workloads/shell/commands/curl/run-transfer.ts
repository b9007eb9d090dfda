import { pause, type Run } from '../../wait.ts';
import { follow } from './follow.ts';
import { progress } from './progress.ts';
import { show } from './show.ts';
import type { Transfer } from './transfer.ts';
import { writeOut } from './write-out.ts';

/** One URL, asked again as --retry says. */
export function* transferWithRetries(transfer: Transfer, url: string): Run {
  const { options, process, silent } = transfer;
  const most = Math.min(Number(options.value('retry') ?? 0) || 0, 100);
  for (let attempt = 0; ; attempt++) {
    const code = yield* transferOnce(transfer, url);
    const isWorthIt =
      code === 28 ||
      code === 6 ||
      (code === 7 && options.has('retry-connrefused')) ||
      (code !== 0 && options.has('retry-all-errors'));
    if (!isWorthIt || attempt >= most) return code;
    const seconds = Number(options.value('retry-delay') ?? 0) || Math.min(2 ** attempt, 600);
    if (!silent)
      process.stderr.write(
        `Warning: Problem : timeout. Will retry in ${seconds} second${seconds === 1 ? '' : 's'}. ${most - attempt} retries left.\n`,
      );
    yield* pause(seconds * 1000);
  }
}

function* transferOnce(transfer: Transfer, text: string): Run {
  const { process, options, silent } = transfer;
  const began = process.group.clock.requestNow();
  const result = yield* follow(transfer, text);
  if ('code' in result) {
    if (!silent || options.has('S')) process.stderr.write(`curl: (${result.code}) ${result.message}\n`);
    writeOut(transfer, undefined, began);
    return result.code;
  }
  const refuses = options.has('f') && result.status >= 400;
  if (!silent && process.terminal === undefined && !options.has('no-progress-meter') && !options.has('I'))
    process.stderr.write(progress(result));
  if (!refuses) show(transfer, result);
  writeOut(transfer, result, began);
  if (!refuses && !(options.has('fail-with-body') && result.status >= 400)) return 0;
  if (!silent || options.has('S'))
    process.stderr.write(`curl: (22) The requested URL returned error: ${result.status}\n`);
  return 22;
}
