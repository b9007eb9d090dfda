import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../app/page.ts';

type Panel = ComponentType<{ page: Page }>;

/** A panel whose code is loaded when somebody opens it first: what the page begins with stays small. */
export function Later({ page, load }: { page: Page; load: () => Promise<Panel> }) {
  const [found, setFound] = useState<{ Panel: Panel }>();
  useEffect(() => {
    let isGone = false;
    void load().then((Panel) => !isGone && setFound({ Panel }));
    return () => {
      isGone = true;
    };
  }, [load]);
  return found ? <found.Panel page={page} /> : null;
}
