import type { Shell } from '../shell.ts';
import type { Run } from '../wait.ts';
import { runText } from './eval.ts';

/** `trap action signal …`. */
export function trap([action = '', ...signals]: readonly string[], shell: Shell): number {
  for (const signal of signals) {
    const name = SIGNAL_NAMES[signal] ?? signal.replace(/^SIG/, '');
    if (action === '-') shell.traps.delete(name);
    else shell.traps.set(name, action);
    if (name === 'TERM') shell.parts.group.onTerminate = terminator(shell, action);
  }
  return 0;
}

/** What SIGTERM does to a shell with a trap for it: the action, in its present state; then the shell ends. */
function terminator(shell: Shell, action: string): (() => Run) | undefined {
  if (action === '-') return undefined;
  return function* (): Run {
    const result = runText(action, shell, shell.parts.streams);
    return typeof result === 'number' ? result : yield* result;
  };
}

const SIGNAL_NAMES: Readonly<Record<string, string>> = Object.freeze({ 0: 'EXIT', 2: 'INT', 15: 'TERM' });
