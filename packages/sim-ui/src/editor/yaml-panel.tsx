import { useSignalEffect } from '@preact/signals';
import type { Page } from '../app/page.ts';
import { CodeArea } from './code-area.tsx';
import { CompareArea } from './compare-area.tsx';
import type { EditedFile } from './drafts.ts';
import { PlanColumn } from './plan-column.tsx';

/** The cluster changes by itself, too: what a file would do is asked again, but not at every step. */
const AGAIN_MS = 1000;

/** The files of the run: what the cluster has of them, what was typed here, and what the API server says of that. */
export function YamlPanel({ page }: { page: Page }) {
  const { editor, words } = page;
  useSignalEffect(() => {
    void [editor.current.value?.file, editor.current.value?.text];
    editor.checkSoon();
  });
  useSignalEffect(() => {
    void page.store.parts.rev.value;
    if (editor.check.peek().phase !== 'checking') editor.checkSoon(AGAIN_MS);
  });
  const current = editor.current.value;
  return (
    <div class="yaml">
      <FileList page={page} current={current} />
      {current && editor.mode.value === 'edit' && <CodeArea page={page} />}
      {current && editor.mode.value !== 'edit' && <CompareArea page={page} file={current} />}
      {current ? <PlanColumn page={page} file={current} /> : <p class="empty">{words.t('yaml.none')}</p>}
    </div>
  );
}

function FileList({ page: { editor, words }, current }: { page: Page; current: EditedFile | undefined }) {
  return (
    <nav class="yaml__files" aria-label={words.t('yaml.files')}>
      <ul>
        {editor.files.value.map((file) => (
          <li key={file.file}>
            <button
              type="button"
              class="yaml__file"
              aria-pressed={file.file === current?.file}
              onClick={() => {
                editor.chosen.value = file.file;
                editor.mode.value = 'edit';
              }}
            >
              <bdi dir="ltr">{file.file}</bdi>
              <FileMarks words={words} file={file} />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="quiet" onClick={() => editor.begin()}>
        + {words.t('yaml.new')}
      </button>
    </nav>
  );
}

function FileMarks({ words: { t }, file }: { words: Page['words']; file: EditedFile }) {
  const marks = [
    file.isEdited && t('yaml.edited'),
    file.isDraft && t('yaml.draft'),
    file.isNew && t('yaml.isNew'),
    file.isOvertaken && t('yaml.overtaken'),
  ].filter((mark) => mark !== false);
  return (
    <>
      {marks.map((mark) => (
        <span key={mark} class="mark-word">
          {mark}
        </span>
      ))}
    </>
  );
}
