import type { Page } from '../app/page.ts';

/** A line of text to take away. */
export function CopyLine({ page: { words }, label, text }: { page: Page; label: string; text: string }) {
  return (
    <div class="copyline">
      <input type="text" readOnly dir="ltr" aria-label={label} value={text} />
      <button type="button" onClick={() => void navigator.clipboard.writeText(text)}>
        {words.t('share.copy')}
      </button>
    </div>
  );
}
