import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { formatCount } from '../words/numbers.ts';
import { kubectlText } from './kubectl-text.ts';
import { ObjectDetail } from './object-detail.tsx';
import { LIVE_KINDS, liveRows, matching, type ObjectRow, printedRows } from './object-rows.ts';
import { ObjectTable } from './object-table.tsx';

/** What kubectl printed is asked for again once the cluster has stayed the same for so long. */
const AGAIN_MS = 1000;
/** Resources whose objects the feed tells of, as `kubectl api-resources -o name` names them. */
const LIVE_RESOURCES = new Set(['nodes', 'pods', 'services', 'ingresses.networking.k8s.io', 'deployments.apps']);

/** Every object of the cluster: a table of one kind or of all that are on the map, and what the server knows of one. */
export function ObjectsPanel({ page }: { page: Page }) {
  const { t } = page.words;
  const kind = useSignal('');
  const filter = useSignal('');
  const chosen = useSignal<ObjectRow | undefined>(undefined);
  const others = useOtherResources(page);
  const printed = usePrinted(page, kind.value);
  const isLive = kind.value === '' || LIVE_KINDS.some((one) => one === kind.value);
  const all = useComputed(() => liveRows(page.store.parts.objects.value.values(), kind.value)).value;
  const rows = matching(isLive ? all : printed.rows, filter.value);
  const choose = (row: ObjectRow): void => {
    chosen.value = row;
    const { blockOf } = page.derived.layout.peek();
    page.view.selected.value = row.box === undefined ? undefined : (blockOf.get(row.box) ?? row.box);
  };
  return (
    <div class="objects" data-detail={chosen.value ? '' : undefined}>
      <div class="objects__list">
        <div class="objects__head">
          <select
            aria-label={t('objects.kind')}
            value={kind.value}
            onChange={(event) => (kind.value = event.currentTarget.value)}
          >
            <option value="">{t('objects.onMap')}</option>
            {LIVE_KINDS.map((one) => (
              <option key={one}>{one}</option>
            ))}
            {others.map((resource) => (
              <option key={resource}>{resource}</option>
            ))}
          </select>
          <input
            type="search"
            dir="ltr"
            aria-label={t('objects.filter')}
            placeholder={t('objects.filter')}
            value={filter.value}
            onInput={(event) => (filter.value = event.currentTarget.value)}
          />
          <span class="small">{page.words.count('objects.count', rows.length, { n: formatCount(rows.length) })}</span>
        </div>
        {printed.problem !== '' && <p class="wrong">{printed.problem}</p>}
        <ObjectTable page={page} rows={rows} chosen={chosen.value} choose={choose} />
      </div>
      {chosen.value && <ObjectDetail page={page} row={chosen.value} close={() => (chosen.value = undefined)} />}
    </div>
  );
}

/** Resources that only kubectl knows; none where nobody answers for it. */
function useOtherResources({ transport }: Page): readonly string[] {
  const names = useSignal<readonly string[]>([]);
  useSignalEffect(() => {
    const leaving = new AbortController();
    kubectlText(transport, ['api-resources', '--verbs=list', '-o', 'name'], leaving.signal).then(
      (text) =>
        (names.value = text
          .split('\n')
          .filter((name) => name !== '' && !LIVE_RESOURCES.has(name))
          .sort()),
      () => {},
    );
    return () => leaving.abort();
  });
  return names.value;
}

/** The objects of a kind that the feed does not tell of. */
function usePrinted(page: Page, kind: string): { rows: readonly ObjectRow[]; problem: string } {
  const answer = useSignal<{ kind: string; rows: readonly ObjectRow[]; problem: string }>({
    kind: '',
    rows: [],
    problem: '',
  });
  const wanted = useSignal(kind);
  if (wanted.peek() !== kind) wanted.value = kind;
  useSignalEffect(() => {
    void page.store.parts.rev.value;
    const resource = wanted.value;
    if (resource === '' || LIVE_KINDS.some((one) => one === resource)) return undefined;
    const leaving = new AbortController();
    const isFirst = answer.peek().kind !== resource;
    const cancel = page.timers.after(isFirst ? 0 : AGAIN_MS, () => {
      kubectlText(page.transport, ['get', resource, '-A'], leaving.signal).then(
        (text) => (answer.value = { kind: resource, rows: printedRows(resource, text), problem: '' }),
        (error: unknown) => {
          if (!leaving.signal.aborted) answer.value = { kind: resource, rows: [], problem: wordsOf(page.words, error) };
        },
      );
    });
    return () => {
      cancel();
      leaving.abort();
    };
  });
  return answer.value.kind === kind ? answer.value : { rows: [], problem: '' };
}
