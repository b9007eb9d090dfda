import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import type { ObjectRow } from './object-rows.ts';
import { ROW_HEIGHT, rowWindow, scrollTopFor } from './row-window.ts';

const COLUMNS = Object.freeze(['kind', 'namespace', 'name', 'state', 'age'] as const);

interface ObjectTableProps {
  page: Page;
  rows: readonly ObjectRow[];
  chosen: ObjectRow | undefined;
  choose: (row: ObjectRow) => void;
}

/** The rows that are seen, and none besides: there can be ten thousand. The arrows walk along them, Enter shows one. */
export function ObjectTable({ page, rows, chosen, choose }: ObjectTableProps) {
  const { t } = page.words;
  const room = useRef<HTMLDivElement>(null);
  const view = useSignal({ top: 0, height: 400 });
  const at = useSignal(0);
  const current = Math.max(0, Math.min(at.value, rows.length - 1));
  useEffect(() => {
    const element = room.current!;
    const measure = (): void => {
      view.value = { top: element.scrollTop, height: element.clientHeight };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [view]);
  const walk = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(view.peek().height / ROW_HEIGHT) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    at.value = Math.max(0, Math.min(rows.length - 1, current + step));
    const element = room.current!;
    element.scrollTop = scrollTopFor(at.peek(), element.scrollTop, element.clientHeight);
    view.value = { top: element.scrollTop, height: element.clientHeight };
    // The row is drawn first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true })),
    );
  };
  // The feed tells no ages.
  const columns = rows.some(({ age }) => age !== '') ? COLUMNS : COLUMNS.slice(0, -1);
  const { from, to } = rowWindow(rows.length, view.value.top, view.value.height);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk along the buttons in its rows
    <div class="objects__room" ref={room} onKeyDown={walk}>
      <table class="objects__table" dir="ltr" aria-label={t('objects.table')} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`objects.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Unseen rows={from} />
          {rows.slice(from, to).map((row, i) => (
            <Row
              key={`${row.kind}/${row.namespace}/${row.name}`}
              row={row}
              index={from + i}
              hasAge={columns === COLUMNS}
              isCurrent={from + i === current}
              isChosen={isSame(row, chosen)}
              choose={() => {
                at.value = from + i;
                choose(row);
              }}
            />
          ))}
          <Unseen rows={rows.length - to} />
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty">{t('objects.none')}</p>}
    </div>
  );
}

/** The room of rows that nobody sees. One cell: it must not make columns that the table does not have. */
function Unseen({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr style={{ blockSize: `${rows * ROW_HEIGHT}px` }}>
      <td />
    </tr>
  );
}

interface RowProps {
  row: ObjectRow;
  index: number;
  hasAge: boolean;
  isCurrent: boolean;
  isChosen: boolean;
  choose: () => void;
}

function Row({ row, index, hasAge, isCurrent, isChosen, choose }: RowProps) {
  const { kind, namespace, name, state, age } = row;
  return (
    <tr class="objects__row" aria-rowindex={index + 2} data-chosen={isChosen ? '' : undefined}>
      <td title={kind}>{kind}</td>
      <td title={namespace}>{namespace}</td>
      <td>
        <button
          type="button"
          class="link"
          tabIndex={isCurrent ? 0 : -1}
          aria-pressed={isChosen}
          title={name}
          onClick={choose}
        >
          {name}
        </button>
      </td>
      <td title={state}>{state}</td>
      {hasAge && <td>{age}</td>}
    </tr>
  );
}

function isSame(a: ObjectRow, b: ObjectRow | undefined): boolean {
  return a.kind === b?.kind && a.namespace === b.namespace && a.name === b.name;
}
