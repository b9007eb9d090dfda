import { select } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { secondsUntil } from '../state/cluster-clock.ts';
import { formatRate } from '../words/numbers.ts';
import type { Box } from './box.ts';
import { fullNameOf, wordsFor } from './box-words.ts';
import { columnsOf } from './columns.ts';
import { SkipWait } from './skip-wait.tsx';

/** The map's equivalent as a list: the same boxes with the same words and rates, station by station. */
export function MapList({ page }: { page: Page }) {
  const { boxes } = page.derived.layout.value;
  return (
    <ol class="stations" dir="ltr">
      {columnsOf(0).map(({ name }) => (
        <li key={name}>
          <h3>{page.words.t(`column.${name}`)}</h3>
          <ul>
            {boxes
              .filter(({ column, subject }) => column === name && subject.kind !== 'cost')
              .map((box) => (
                <li key={box.id}>
                  <ListEntry page={page} box={box} /> <SkipWait page={page} subject={box.subject} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function ListEntry({ page, box }: { page: Page; box: Box }) {
  const { clock } = page.store;
  const words = wordsFor(box.subject, (moment) => secondsUntil(moment, clock.value, page.timers.now()), page.words);
  const rate = formatRate(page.derived.mapRates.value.boxes.get(box.id)?.perSecond ?? 0);
  return (
    <button
      type="button"
      class="link"
      aria-pressed={page.view.selected.value === box.id}
      onClick={() => select(page, box.id)}
    >
      <bdi dir="ltr">{fullNameOf(box.subject, words, page.words)}</bdi>
      {words.role === 'canary' ? ` ${page.words.t('map.isCanary')}` : ''} {words.state} {words.countdown ?? rate}
    </button>
  );
}
