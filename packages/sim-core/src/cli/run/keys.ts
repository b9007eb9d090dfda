import { readFileSync } from 'node:fs';

/** What a key asks for. */
export type KeyAction = 'apply' | 'diff' | 'reset' | 'open' | 'quit';

const KEYS: Readonly<Record<string, KeyAction>> = Object.freeze({
  '\r': 'apply',
  '\n': 'apply',
  d: 'diff',
  r: 'reset',
  o: 'open',
  q: 'quit',
  '\u0003': 'quit',
  '\u0004': 'quit',
});

/**
 * Reads single keys from a terminal, or the same letters as lines from a pipe. Returns how to stop. In the background of a
 * shell nothing is read: the terminal would stop the process.
 */
export function onKeys(act: (action: KeyAction) => void, input: NodeJS.ReadStream = process.stdin): () => void {
  const raw = input.isTTY === true;
  if (raw && isInBackground(processStat())) return () => {};
  if (raw) input.setRawMode(true);
  const read = (chunk: Buffer) => {
    for (const action of actionsIn(chunk.toString('utf8'), raw)) act(action);
  };
  input.on('data', read);
  input.on('error', () => {});
  input.unref?.();
  return () => {
    input.off('data', read);
    if (raw) input.setRawMode(false);
    input.pause();
  };
}

/** Whether another process group has the terminal. @param stat of /proc/self/stat; '' where the system does not tell */
export function isInBackground(stat: string): boolean {
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return foreground !== undefined && Number(foreground) > 0 && foreground !== group;
}

function processStat(): string {
  try {
    return readFileSync('/proc/self/stat', 'utf8');
  } catch {
    return '';
  }
}

/** From a pipe a letter ends with a newline, which is then no Enter of its own. */
export function actionsIn(text: string, raw: boolean): KeyAction[] {
  const keys = raw
    ? [...text]
    : text
        .split('\n')
        .slice(0, text.endsWith('\n') ? -1 : undefined)
        .map((line) => line.trim() || '\n');
  return keys.flatMap((key) => (Object.hasOwn(KEYS, key) ? (KEYS[key] ?? []) : []));
}
