import { useSignal } from '@preact/signals';
import { Dialog } from '../app/dialog.tsx';
import type { Page } from '../app/page.ts';
import { COMMANDS, type Command } from './commands.ts';

/** Every command with its keys; writing narrows the list, Enter runs the first. */
export function KeysDialog({ page }: { page: Page }) {
  const { view, words } = page;
  const filter = useSignal('');
  const shown = COMMANDS.filter(({ key }) => words.t(key).toLowerCase().includes(filter.value.toLowerCase()));
  const run = (command: Command | undefined): void => {
    if (!command) return;
    view.dialog.value = undefined;
    filter.value = '';
    // The dialog gives the focus back first.
    queueMicrotask(() => command.run(page));
  };
  return (
    <Dialog page={page} name="keys" title={words.t('keys.title')}>
      <input
        type="text"
        class="keys__filter"
        aria-label={words.t('keys.filter')}
        placeholder={words.t('keys.filter')}
        value={filter.value}
        onInput={(event) => (filter.value = event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && run(shown[0])}
      />
      <ul class="keys">
        {shown.map((command) => (
          <li key={command.key}>
            <button type="button" class="quiet" onClick={() => run(command)}>
              <span>{words.t(command.key)}</span>
              {command.keys && <kbd dir="ltr">{command.keys.replace('Control', 'Ctrl')}</kbd>}
            </button>
          </li>
        ))}
      </ul>
      <p class="small">{words.t('keys.map')}</p>
    </Dialog>
  );
}
