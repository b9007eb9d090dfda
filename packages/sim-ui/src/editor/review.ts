import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { HIGHLIGHT, LOOK } from './look.ts';
import { ownLineBreaks } from './texts.ts';

/** Two texts side by side. */
export interface Comparison {
  readonly before: string;
  readonly after: string;
  readonly labels: readonly [before: string, after: string];
}

/** Shows what differs; nothing of it can be changed here. @returns what ends it */
export function showComparison(root: ShadowRoot, { before, after, labels }: Comparison): () => void {
  const view = new MergeView({
    a: { doc: before, extensions: readOnly(before, labels[0]) },
    b: { doc: after, extensions: readOnly(after, labels[1]) },
    root,
    parent: root,
    collapseUnchanged: { margin: 2, minSize: 4 },
    gutter: true,
  });
  return () => view.destroy();
}

function readOnly(text: string, label: string): Extension {
  return [
    ownLineBreaks(text),
    lineNumbers(),
    yaml(),
    syntaxHighlighting(HIGHLIGHT),
    LOOK,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  ];
}
