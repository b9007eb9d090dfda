import { Dialog } from '../app/dialog.tsx';
import type { Page } from '../app/page.ts';
import { Later } from '../panels/later.tsx';

const loadLimits = async () => (await import('./limits.tsx')).Limits;

/** Where this differs from a real cluster; its contents come when somebody asks. */
export function LimitsDialog({ page }: { page: Page }) {
  return (
    <Dialog page={page} name="limits" title={page.words.t('limits.title')}>
      <Later page={page} load={loadLimits} />
    </Dialog>
  );
}
