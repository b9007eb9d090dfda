/** The actual draw: a number from 1 to the total, and up to the weight it is the canary's. */
export function DrawBar({ draw, weight, total }: { draw: number; weight: number; total: number }) {
  const at = (number: number): string => `${(number / total) * 100}%`;
  const isCanary = draw <= weight;
  return (
    <span class="draw" dir="ltr" role="img" aria-label={`Drew ${draw} of ${total}; up to ${weight} is the canary’s`}>
      <span class="draw__bar">
        <i class="draw__canary" style={{ inlineSize: at(weight) }} />
        <i class="draw__pin" data-role={isCanary ? 'canary' : 'main'} style={{ insetInlineStart: at(draw - 0.5) }} />
      </span>
      <span class="draw__words">
        drew <b>{draw}</b> of {total}, {isCanary ? `≤ ${weight} → canary` : `> ${weight} → main`}
      </span>
    </span>
  );
}
