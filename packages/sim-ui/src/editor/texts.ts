import { EditorState, type Extension } from '@codemirror/state';

/** A file keeps the line breaks that it came with. */
export function ownLineBreaks(text: string): Extension {
  return text.includes('\r\n') ? EditorState.lineSeparator.of('\r\n') : [];
}

/** What stays at both ends is not touched, so that caret and history survive. */
export function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let end = 0;
  while (
    end < before.length - from &&
    end < after.length - from &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
