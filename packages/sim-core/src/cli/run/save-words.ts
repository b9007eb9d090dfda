import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { diffLines, formatDiff } from '../../manifest/diff-lines.ts';
import { createSourceMap } from '../../manifest/source-map.ts';
import { type DecodedSource, formatChange, summarizeChange } from '../../manifest/summarize-change.ts';

const SHOWN_CHANGES = 3;

/** `line 8: weight 5 → 20`, or that nothing changed that a cluster sees. */
export function summarize(file: string, before: string, after: string): string {
  const changes = summarizeChange(sourceOf(file, before), sourceOf(file, after)).map(formatChange);
  if (changes.length === 0) return 'nothing that the cluster sees';
  const more = changes.length > SHOWN_CHANGES ? `, and ${changes.length - SHOWN_CHANGES} more` : '';
  return changes.slice(0, SHOWN_CHANGES).join('; ') + more;
}

/** The change of a file as a diff below its name. */
export function diffOf(file: string, before: string, after: string): string {
  return `${file}\n${formatDiff(diffLines(before, after))}`;
}

function sourceOf(file: string, text: string): DecodedSource {
  return { documents: decodeManifests(file, text).documents, source: createSourceMap([{ file, text }]) };
}
