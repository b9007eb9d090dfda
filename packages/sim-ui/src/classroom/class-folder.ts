import type { ClassFiles } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Timers } from '../feed/timers.ts';
import { type Transport, TransportError } from '../transport/transport.ts';

/** How often the folder is looked at: somebody copies a file and looks up. */
const AGAIN_MS = 2000;

/**
 * Follows the folder of `--class` for as long as there is one.
 *
 * @param take - told what lies in it, first and after every change
 * @returns a function that ends it
 */
export function followClassFolder(
  { transport, timers }: { transport: Transport; timers: Timers },
  take: (files: ClassFiles) => void,
): () => void {
  let tag = '';
  let isOver = false;
  let cancel = (): void => {};
  const look = async (): Promise<void> => {
    const found = await ask(transport, tag);
    if (isOver || found === 'none') return;
    if (found) {
      tag = found.tag;
      take(found);
      if (found.folder === '') return;
    }
    cancel = timers.after(AGAIN_MS, () => void look());
  };
  cancel = timers.after(0, () => void look());
  return () => {
    isOver = true;
    cancel();
  };
}

/** @returns undefined when nothing has changed, or nobody answers just now; 'none' where nobody ever will */
async function ask(transport: Transport, tag: string): Promise<ClassFiles | 'none' | undefined> {
  try {
    return await transport.call<ClassFiles | undefined>('GET', tag === '' ? '/class' : `/class?seen=${tag}`);
  } catch (error) {
    return error instanceof TransportError && error.problem === 'unreachable' ? undefined : 'none';
  }
}
