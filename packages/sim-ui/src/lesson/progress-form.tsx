import { useSignal } from '@preact/signals';
import type { Page } from '../app/page.ts';
import { saveAs } from './save-as.ts';

/** The progress of this browser as a file: to another browser, or to who teaches. */
export function ProgressForm({ page }: { page: Page }) {
  const { progress, words } = page;
  const said = useSignal('');
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const taken = progress.imported(await file.text());
    said.value =
      taken === undefined ? words.t('progress.broken', { file: file.name }) : words.count('progress.imported', taken);
  };
  return (
    <section class="progress" aria-label={words.t('progress.title')}>
      <h3>{words.t('progress.title')}</h3>
      <p class="small">{words.t('progress.words')}</p>
      <label class="setting">
        {words.t('progress.name')}
        <input value={progress.name.value} onInput={(event) => progress.rename(event.currentTarget.value)} />
      </label>
      <div class="lesson__buttons">
        <button type="button" onClick={() => saveAs('progress.json', progress.exported(), 'application/json')}>
          {words.t('progress.export')}
        </button>
        <label class="button">
          {words.t('progress.import')}
          <input
            class="visually-hidden"
            type="file"
            accept="application/json,.json"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      <p role="status" class="small">
        {said.value}
      </p>
    </section>
  );
}
