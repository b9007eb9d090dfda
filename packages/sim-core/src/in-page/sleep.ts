import type { Cluster } from '../index.ts';

/** Resolves after so many milliseconds on the wall, however cluster time goes; rejects when it is ended early. */
export function sleep({ clock }: Cluster, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.afterRequest(milliseconds, () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
