import type { Page } from '../app/page.ts';

interface Draw {
  page: Page;
  draw: number;
  weight: number;
  total: number;
}

/** The actual draw: a number from 1 to the total, and up to the weight it is the canary's. */
export function DrawBar({ page: { words }, draw, weight, total }: Draw) {
  const at = (number: number): string => `${(number / total) * 100}%`;
  const isCanary = draw <= weight;
  return (
    <span class="draw" dir="ltr" role="img" aria-label={words.t('draw.words', { draw, total, weight })}>
      <span class="draw__bar">
        <i class="draw__canary" style={{ inlineSize: at(weight) }} />
        <i class="draw__pin" data-role={isCanary ? 'canary' : 'main'} style={{ insetInlineStart: at(draw - 0.5) }} />
      </span>
      <span class="draw__words">
        {words.rich('draw.drew', { draw: <b>{draw}</b>, total })}{' '}
        {words.t(isCanary ? 'draw.canary' : 'draw.main', { weight })}
      </span>
    </span>
  );
}
