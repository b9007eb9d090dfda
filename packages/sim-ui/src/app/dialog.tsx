import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DialogName, Page } from './page.ts';

/** A native dialog: the browser keeps the focus in it, and gives it back. */
export function Dialog(props: { page: Page; name: DialogName; title: string; children: ComponentChildren }) {
  const { page, name, title, children } = props;
  const { dialog } = page.view;
  const element = useRef<HTMLDialogElement>(null);
  const isOpen = dialog.value === name;
  useEffect(() => {
    if (isOpen) element.current?.showModal();
    else element.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={`dialog-${name}`}
      onClose={() => {
        if (dialog.peek() === name) dialog.value = undefined;
      }}
    >
      <div class="panel__head">
        <h2 id={`dialog-${name}`}>{title}</h2>
        <button
          type="button"
          class="quiet"
          aria-label={page.words.t('dialog.close')}
          onClick={() => (dialog.value = undefined)}
        >
          ×
        </button>
      </div>
      {isOpen && children}
    </dialog>
  );
}
