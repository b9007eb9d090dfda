import { skipTo } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { awaitedAt, type Subject } from './box.ts';

/** Ends the wait for the address of a load balancer. Whoever only looks has no such button. */
export function SkipWait({ page, subject }: { page: Page; subject: Subject }) {
  const moment = subject.kind === 'load-balancer' ? awaitedAt(subject.balancer) : undefined;
  if (moment === undefined || page.store.role.value === 'viewer') return null;
  const whyNot = page.whyNotWrite.value;
  return (
    <button
      type="button"
      disabled={whyNot !== ''}
      title={whyNot || undefined}
      onClick={() => void skipTo(page, moment)}
    >
      {page.words.t('box.skipWait')}
    </button>
  );
}
