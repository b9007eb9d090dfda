import type { RunFiles } from '../../run/run-files.ts';
import { textOfFile } from '../../run/run-files.ts';
import type { RunManifests } from '../../run/run-manifests.ts';
import { summarize } from './save-words.ts';

const SHOWN = 10;

/** What of the cluster stands in no file and ends with it; '' when nothing does. */
export function describeLoose(files: RunFiles, manifests: RunManifests): string {
  const names = manifests
    .looseObjects((name) => files.has(name))
    .map(({ kind, namespace, name }) => `${kind} ${['', 'default'].includes(namespace) ? '' : `${namespace}/`}${name}`);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  const lines = names.length === 0 ? [] : [`In no file: ${names.slice(0, SHOWN).join(', ')}${more}`];
  for (const draft of files.drafts()) {
    const change = summarize(draft, textOfFile(files.find(draft)), files.textOf(draft));
    lines.push(`Changed on the page, not in ${draft}: ${change}`);
  }
  return lines.join('\n');
}
