/**
 * Does a piece of the page's own work and tells whoever observes `measure` entries how long it took, with what is drawn
 * because of it; nothing is kept of it, so that a page that runs for days does not grow.
 *
 * @param detail - asked for afterwards: what was done
 */
export function span(name: string, act: () => void, detail?: () => unknown): void {
  const start = performance.now();
  act();
  // What a signal draws is drawn in a microtask; this one comes behind it.
  queueMicrotask(() => {
    performance.measure(name, { start, detail: detail?.() });
    performance.clearMeasures(name);
  });
}
