import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { codeFolding, foldGutter, foldKeymap, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, type StateEffect } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { ApplyProblem } from '@k8s-ingress-sandbox/sim-core/wire';
import type { ApiDocs } from './api-docs.ts';
import { HIGHLIGHT, LOOK } from './look.ts';
import { type LineRange, MARKED, markLines } from './marked-lines.ts';
import { diagnosticOf } from './problem-marks.ts';
import { hoverDocs, type NamesOf, suggestions } from './suggest.ts';
import { ownLineBreaks, smallestChange } from './texts.ts';

/** What the editor tells. */
export interface EditorEvents {
  typed(file: string, text: string): void;
  /** The caret, or the pointer, is on another line; undefined: the pointer has left. */
  onLine(line: number | undefined): void;
  /** Ctrl+Enter. */
  apply(): void;
}

/** What an editor is made with. */
export interface EditorParts extends EditorEvents {
  /** A shadow tree: there its styles need no `<style>` element, which the page's policy forbids. */
  readonly root: ShadowRoot;
  readonly docs: ApiDocs;
  readonly namesOf: NamesOf;
  readonly label: (file: string) => string;
  readonly description: string;
}

/** Characters, and milliseconds without a keystroke. */
const LONG = 100_000;
const PAUSE_MS = 250;

/** The YAML editor: texts of several files, each with its own history. */
export class CodeEditor {
  readonly #parts: EditorParts;
  readonly #view: EditorView;
  readonly #states = new Map<string, EditorState>();
  #file = '';
  /** The shown text as it was told or typed last: a long one is not put together again to be compared. */
  #text: string | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Texts come and go without being typed. */
  #isShowing = false;

  constructor(parts: EditorParts) {
    this.#parts = parts;
    this.#view = new EditorView({ root: parts.root, parent: parts.root, state: EditorState.create() });
  }

  /** Shows a text of a file; what was typed there before can still be undone. */
  show(file: string, text: string): void {
    if (file === this.#file) return this.#replace(text);
    this.#flush();
    if (this.#file !== '') this.#states.set(this.#file, this.#view.state);
    this.#file = file;
    this.#text = undefined;
    this.#view.setState(this.#states.get(file) ?? this.#create(file, text));
    this.#replace(text);
  }

  /** Marks what the API server said, each at its place. */
  mark(problems: readonly ApplyProblem[]): void {
    const { state } = this.#view;
    this.#view.dispatch(
      setDiagnostics(
        state,
        problems.map((problem) => diagnosticOf(state, problem)),
      ),
    );
  }

  /** Lights up lines, without moving the caret. */
  point(ranges: readonly LineRange[], isFlash = false): void {
    const { doc } = this.#view.state;
    const [first] = ranges;
    const effects: StateEffect<unknown>[] = [markLines.of({ ranges, className: isFlash ? 'cm-flash' : 'cm-pointed' })];
    if (first && first.from <= doc.lines)
      effects.push(
        EditorView.scrollIntoView(doc.line(first.from).from, { y: isFlash ? 'center' : 'nearest', yMargin: 40 }),
      );
    this.#view.dispatch({ effects });
  }

  /** Puts the caret on a line. */
  goTo(line: number, column = 1): void {
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const anchor = Math.min(from + column - 1, to);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#flush();
    this.#view.destroy();
  }

  #replace(text: string): void {
    if (this.#telling !== undefined) return;
    if (this.#text === text) return;
    this.#text = text;
    const { state } = this.#view;
    if (state.sliceDoc() === text) return;
    this.#isShowing = true;
    this.#view.dispatch({ changes: smallestChange(state.doc.toString(), text.replaceAll('\r\n', '\n')) });
    this.#isShowing = false;
  }

  #create(file: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: [ownLineBreaks(text), this.#extensions(file)] });
  }

  #extensions(file: string): Extension {
    const { docs, namesOf, label, description } = this.#parts;
    return [
      lineNumbers(),
      foldGutter(),
      codeFolding(),
      lintGutter(),
      history(),
      MARKED,
      yaml(),
      indentUnit.of('  '),
      syntaxHighlighting(HIGHLIGHT),
      LOOK,
      highlightActiveLine(),
      highlightSelectionMatches(),
      closeBrackets(),
      autocompletion({ override: [suggestions(docs, namesOf)], closeOnBlur: true }),
      hoverDocs(docs),
      EditorView.contentAttributes.of({
        'aria-label': label(file),
        'aria-description': description,
        spellcheck: 'false',
        tabindex: '0',
      }),
      keymap.of([
        { key: 'Mod-Enter', run: () => this.#apply() },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...foldKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#isShowing) this.#typed();
        if ((update.selectionSet || update.focusChanged) && this.#view.hasFocus) this.#parts.onLine(this.#caretLine());
      }),
      EditorView.domEventHandlers({
        mousemove: (event, view) => this.#hovered(view.posAtCoords({ x: event.clientX, y: event.clientY }, false)),
        mouseleave: () => this.#parts.onLine(this.#view.hasFocus ? this.#caretLine() : undefined),
        blur: () => this.#parts.onLine(undefined),
      }),
    ];
  }

  /** A long text is told when typing pauses: to put it together takes longer than a keystroke. */
  #typed(): void {
    clearTimeout(this.#telling);
    if (this.#view.state.doc.length < LONG) this.#tell();
    else this.#telling = setTimeout(() => this.#tell(), PAUSE_MS);
  }

  #tell(): void {
    this.#telling = undefined;
    this.#text = this.#view.state.sliceDoc();
    this.#parts.typed(this.#file, this.#text);
  }

  #flush(): void {
    if (this.#telling === undefined) return;
    clearTimeout(this.#telling);
    this.#tell();
  }

  #apply(): boolean {
    this.#flush();
    this.#parts.apply();
    return true;
  }

  #hovered(position: number): void {
    this.#parts.onLine(this.#view.state.doc.lineAt(position).number);
  }

  #caretLine(): number {
    const { doc, selection } = this.#view.state;
    return doc.lineAt(selection.main.head).number;
  }
}
