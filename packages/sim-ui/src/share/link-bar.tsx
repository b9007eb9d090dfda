import { useSignal } from '@preact/signals';
import { applyShared, inspectShared } from '../app/actions.ts';
import type { Page } from '../app/page.ts';

/** What a link brought along: it changes nothing until somebody says so. */
export function LinkBar({ page }: { page: Page }) {
  const { view, words, store } = page;
  const isBusy = useSignal(false);
  const link = view.link.value;
  if (!link) return null;
  if ('problem' in link) return <Bar page={page} text={words.t('link.broken', { reason: link.problem })} />;
  const { files, lesson } = link;
  const scenario = store.parts.status.value.scenario;
  const isOther = lesson !== '' && lesson !== scenario;
  const apply = async (): Promise<void> => {
    isBusy.value = true;
    await applyShared(page, files);
    isBusy.value = false;
  };
  return (
    <Bar
      page={page}
      text={`${words.count('link.brings', files.length)}${isOther ? ` ${words.t('link.other', { lesson })}` : ''}`}
    >
      <button type="button" onClick={() => inspectShared(page, files)}>
        {words.t('link.inspect')}
      </button>
      <button type="button" class="primary" disabled={isBusy.value} onClick={() => void apply()}>
        {words.t('link.apply')}
      </button>
    </Bar>
  );
}

function Bar({
  page: { view, words },
  text,
  children,
}: {
  page: Page;
  text: string;
  children?: preact.ComponentChildren;
}) {
  return (
    <section class="linkbar" aria-label={words.t('link.region')}>
      <span>{text}</span>
      {children}
      <button type="button" class="quiet" onClick={() => (view.link.value = undefined)}>
        {words.t('link.dismiss')}
      </button>
    </section>
  );
}
