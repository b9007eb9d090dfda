import { Dialog } from '../app/dialog.tsx';
import type { Page } from '../app/page.ts';
import { Limits } from './limits.tsx';

/** Where this differs from a real cluster. */
export function LimitsDialog({ page }: { page: Page }) {
  return (
    <Dialog page={page} name="limits" title={page.words.t('limits.title')}>
      <Limits page={page} />
    </Dialog>
  );
}
