import { expect } from 'vitest';
import type { Sandbox } from './sandbox.ts';
import type { Workspace } from './workspace.ts';

/** What a run of a terminal prints for a person to paste: the indented lines below each "It answers. Try:". */
export async function linesToPaste(sandbox: Sandbox, loadBalancers = 1): Promise<string[]> {
  for (let answering = 0; answering < loadBalancers; answering++) await sandbox.line(/^It answers\. Try:$/);
  // Whatever is printed with it is there once a key was heard.
  sandbox.type('\n');
  await sandbox.line(/^Nothing was saved since the last apply\.$/);
  const pasted: string[] = [];
  let below = false;
  for (const line of sandbox.lines) {
    if (below && line.startsWith('  ')) pasted.push(line.trim());
    else below = line === 'It answers. Try:';
  }
  return pasted;
}

/** Runs one printed line as it stands and gives what it prints; an endless loop until `enough` matches. */
export async function paste(place: Workspace, line: string, enough: readonly RegExp[]): Promise<string> {
  if (!line.includes('while ')) {
    const { status, stdout, stderr } = await place.shell(line, 20_000);
    expect({ line, status }, stderr).toEqual({ line, status: 0 });
    expect(stdout).toMatch(enough[0] as RegExp);
    return stdout;
  }
  const loop = place.spawn('/bin/bash', '-c', line);
  for (const pattern of enough) await untilSeen(loop, pattern);
  await loop.kill();
  return loop.lines.join('\n');
}

/** In a loop the answers come in any order. */
async function untilSeen(loop: Sandbox, pattern: RegExp): Promise<void> {
  if (!loop.lines.some((line) => pattern.test(line))) await loop.line(pattern, 40_000);
}
