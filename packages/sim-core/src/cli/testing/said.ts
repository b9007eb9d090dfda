import { ADDON_FILE } from '../../run/load-manifests.ts';
import type { RunConsole } from '../run/run-console.ts';
import { textConsole } from '../run/text-console.ts';

/** A console for people whose lines are kept; `take` hands them out once. */
export function saidConsole(): { console: RunConsole; take(): string[] } {
  const said: string[] = [];
  const console = textConsole({
    version: '0.0.0',
    title: 'test',
    summary: '',
    platform: 'linux',
    shell: 'sh',
    has: () => true,
    quietFile: ADDON_FILE,
    hasKeys: true,
    nextStep: () => '',
    write: (text) => said.push(...text.replace(/\n$/, '').split('\n')),
  });
  return { console, take: () => said.splice(0) };
}
