import { useEffect, useState } from 'preact/hooks';
import type { Page } from './page.ts';

/**
 * The page's own time, read again and again while a component counts.
 *
 * @param milliseconds - between two readings; 0 stops the clock
 */
export function useNow({ timers }: Page, milliseconds: number): number {
  const [now, setNow] = useState(timers.now());
  useEffect(() => {
    if (milliseconds === 0) return undefined;
    let cancel = (): void => {};
    const tick = (): void => {
      setNow(timers.now());
      cancel = timers.after(milliseconds, tick);
    };
    tick();
    return () => cancel();
  }, [timers, milliseconds]);
  return now;
}
