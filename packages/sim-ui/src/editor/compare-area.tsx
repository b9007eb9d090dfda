import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import type { EditedFile } from './drafts.ts';

/** What applying changes in the cluster's text, or saving on the disk, side by side. */
export function CompareArea({ page, file }: { page: Page; file: EditedFile }) {
  const { editor, words } = page;
  const isSaving = editor.mode.value === 'save';
  const host = useRef<HTMLDivElement>(null);
  const [before, after] = isSaving ? [file.saved ?? '', file.applied] : [file.applied, file.text];
  const labels = [
    words.t(isSaving ? 'yaml.onDisk' : 'yaml.before'),
    words.t(isSaving ? 'yaml.toSave' : 'yaml.after'),
  ] as const;
  const [left, right] = labels;
  useEffect(() => {
    let end = (): void => {};
    let isGone = false;
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    void import('./review.ts').then(({ showComparison }) => {
      if (!isGone) end = showComparison(root, { before, after, labels: [left, right] });
    });
    return () => {
      isGone = true;
      end();
    };
  }, [before, after, left, right]);
  return (
    <section class="yaml__code yaml__compare" dir="ltr" aria-label={`${left} / ${right}`}>
      <div class="yaml__sides">
        <span>{left}</span>
        <span>{right}</span>
      </div>
      <div class="yaml__host" ref={host} />
    </section>
  );
}
