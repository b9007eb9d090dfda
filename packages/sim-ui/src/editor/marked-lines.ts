import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A text that is told of as marked: lines from 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Marks lines in the place of those that were marked. */
export const markLines = StateEffect.define<{ ranges: readonly LineRange[]; className: string }>();

/** Lines that are lit up. */
export const MARKED = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state }) {
    const effect = effects.find((each) => each.is(markLines));
    if (!effect) return marks.map(changes);
    const { ranges, className } = effect.value as { ranges: readonly LineRange[]; className: string };
    const lines = ranges.flatMap(({ from, to }) => range(from, Math.min(to, state.doc.lines)));
    return RangeSet.of(lines.map((line) => Decoration.line({ class: className }).range(state.doc.line(line).from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
