import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Guard } from '../app/guard.tsx';
import type { Page } from '../app/page.ts';
import type { Key } from '../words/words.tsx';

/** What is handed the whole page and nothing else. */
export type Panel = ComponentType<{ page: Page }>;

interface LaterProps {
  page: Page;
  load: () => Promise<Panel>;
  /** What it is called when it stops working. */
  what?: Key;
}

/** A panel whose code is loaded when somebody opens it first: what the page begins with stays small. */
export function Later({ what = 'region.panel', ...props }: LaterProps) {
  return (
    <Guard page={props.page} what={what}>
      <Loaded {...props} />
    </Guard>
  );
}

/** @throws what kept the code from being loaded */
function Loaded({ page, load }: Omit<LaterProps, 'what'>) {
  const [found, setFound] = useState<{ Panel: Panel } | { error: unknown }>();
  useEffect(() => {
    let isGone = false;
    load().then(
      (Panel) => !isGone && setFound({ Panel }),
      (error: unknown) => !isGone && setFound({ error }),
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  if (found === undefined) return null;
  if ('error' in found) throw found.error;
  return <found.Panel page={page} />;
}
