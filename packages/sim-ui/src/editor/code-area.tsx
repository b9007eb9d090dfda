import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import type { CodeEditor } from './code-mirror.ts';
import { objectsAt } from './documents.ts';

/** The text of a file. The editor itself is loaded when somebody opens it first. */
export function CodeArea({ page }: { page: Page }) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let made: CodeEditor | undefined;
    let isGone = false;
    createEditor(page, host.current!).then(
      (created) => {
        made = created;
        if (isGone) created.destroy();
        else setEditor(created);
      },
      (error: unknown) => setFailure(String(error)),
    );
    return () => {
      isGone = true;
      made?.destroy();
    };
  }, [page]);
  return (
    <div class="yaml__code" dir="ltr">
      <div class="yaml__host" ref={host} />
      {!editor && (
        <p class="empty">
          {failure === '' ? page.words.t('yaml.loading') : page.words.t('yaml.noEditor', { reason: failure })}
        </p>
      )}
      {editor && <EditorContents page={page} code={editor} />}
    </div>
  );
}

async function createEditor(page: Page, host: HTMLElement): Promise<CodeEditor> {
  const { CodeEditor } = await import('./code-mirror.ts');
  const { editor, view, words } = page;
  let shownLine: number | undefined;
  return new CodeEditor({
    root: host.shadowRoot ?? host.attachShadow({ mode: 'open' }),
    docs: editor.docs,
    namesOf: (kind) => [
      ...new Set(
        [...page.store.parts.objects.peek().values()].filter((one) => one.kind === kind).map(({ name }) => name),
      ),
    ],
    label: (file) => words.t('yaml.editor', { file }),
    description: words.t('yaml.keys'),
    typed: (file, text) => editor.type(file, text),
    apply: () => void editor.apply(),
    onLine: (line) => {
      if (line === shownLine) return;
      shownLine = line;
      const keys =
        line === undefined ? [] : objectsAt(editor.current.peek()?.text ?? '', editor.documents.peek(), line);
      view.pointed.value = keys.length === 0 ? undefined : { by: 'yaml', keys: new Set(keys) };
    },
  });
}

/** Keeps the editor in step with the page. */
function EditorContents({ page, code }: { page: Page; code: CodeEditor }) {
  const { editor, view } = page;
  useSignalEffect(() => {
    const file = editor.current.value;
    if (file) code.show(file.file, file.text);
  });
  useSignalEffect(() => {
    const check = editor.check.value;
    if (check.phase === 'known' && check.text === editor.current.value?.text) code.mark(check.verdict.problems);
  });
  useSignalEffect(() => {
    const pointed = view.pointed.value;
    const keys = pointed?.by === 'map' ? pointed.keys : new Set<string>();
    code.point(editor.documents.peek().filter(({ key }) => keys.has(key)));
  });
  useSignalEffect(() => {
    const source = view.source.value;
    if (!source || source.file !== editor.current.value?.file) return;
    code.point([{ from: source.line, to: source.line }], true);
  });
  useSignalEffect(() => {
    const place = editor.goTo.value;
    if (place) code.goTo(place.line, place.column);
  });
  return null;
}
