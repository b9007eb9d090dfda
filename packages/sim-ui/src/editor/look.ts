import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours follow the page's own: its custom properties reach into the editor's shadow tree. */
export const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--v1)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: 'var(--v2)' },
  { tag: [tags.meta, tags.labelName, tags.typeName], color: 'var(--warn)' },
  { tag: tags.invalid, color: 'var(--error)' },
]);

const POPUP = {
  border: '1px solid var(--outline)',
  borderRadius: '6px',
  background: 'var(--raised)',
  color: 'var(--text)',
};

/** The editor's surface. */
export const LOOK = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--bg)', fontSize: '0.86rem' },
  '&.cm-focused': { outline: '3px solid var(--v1)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--panel)',
    color: 'var(--muted)',
    border: 'none',
    borderInlineEnd: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklab, var(--v1) 8%, transparent)' },
  '.cm-line.cm-pointed': { backgroundColor: 'var(--v1-soft)', boxShadow: 'inset 3px 0 var(--v1)' },
  '.cm-line.cm-flash': { backgroundColor: 'var(--warn-soft)', boxShadow: 'inset 3px 0 var(--warn)' },
  '.cm-tooltip': { ...POPUP, zIndex: '20' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--v1)', color: 'var(--on-accent)' },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
  '.cm-completionInfo': {
    ...POPUP,
    maxWidth: '26rem',
    maxHeight: '14rem',
    overflow: 'auto',
    whiteSpace: 'pre-line',
    fontFamily: 'var(--sans)',
  },
  '.cm-docs': {
    maxWidth: '32rem',
    maxHeight: '14rem',
    overflow: 'auto',
    padding: '0.4rem 0.7rem',
    fontFamily: 'var(--sans)',
  },
  '.cm-docs p': { margin: '0.3rem 0 0' },
  '.cm-diagnostic': { borderInlineStart: '4px solid var(--error)', fontFamily: 'var(--sans)' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warn)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error) 1.5px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn) 1.5px' },
  '.cm-lint-marker': {
    content: 'none',
    width: '0.7em',
    height: '0.7em',
    background: 'var(--error)',
    transform: 'rotate(45deg)',
  },
  '.cm-lint-marker-warning': { background: 'var(--warn)', transform: 'none' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text)' },
  '.cm-panels button, .cm-panels input': { ...POPUP, backgroundImage: 'none', padding: '0.15rem 0.5rem' },
  '.cm-changedLine': { backgroundColor: 'transparent' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--error-soft)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'color-mix(in oklab, var(--ok) 14%, var(--bg))' },
  '&.cm-merge-a .cm-changedText': { background: 'color-mix(in oklab, var(--error) 28%, var(--bg))' },
  '&.cm-merge-b .cm-changedText': { background: 'color-mix(in oklab, var(--ok) 30%, var(--bg))' },
  '.cm-collapsedLines': { background: 'var(--panel)', color: 'var(--text)', fontFamily: 'var(--sans)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--plain-soft)' },
});
