import { useSignal, useSignalEffect } from '@preact/signals';
import { wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { foldManaged } from './fold-managed.ts';
import { kubectlText } from './kubectl-text.ts';
import type { ObjectRow } from './object-rows.ts';

/** The text is asked for again once the cluster has stayed the same for so long. */
const AGAIN_MS = 1000;

type Form = 'yaml' | 'describe';
const FORMS: readonly Form[] = Object.freeze(['yaml', 'describe']);

interface ObjectDetailProps {
  page: Page;
  row: ObjectRow;
  close: () => void;
}

/** What the server knows of one object: its YAML without the server's own notes, or what `kubectl describe` tells, with its events. */
export function ObjectDetail({ page, row, close }: ObjectDetailProps) {
  const { t } = page.words;
  const form = useSignal<Form>('yaml');
  return (
    <section class="objects__detail" aria-label={`${row.kind} ${row.name}`}>
      <div class="objects__head">
        <h3>
          <bdi dir="ltr">
            {row.kind} {row.namespace === '' ? row.name : `${row.namespace}/${row.name}`}
          </bdi>
        </h3>
        <fieldset class="segmented" aria-label={t('objects.form')}>
          {FORMS.map((one) => (
            <button key={one} type="button" aria-pressed={form.value === one} onClick={() => (form.value = one)}>
              {t(`objects.${one}`)}
            </button>
          ))}
        </fieldset>
        <button type="button" class="quiet" aria-label={t('dialog.close')} onClick={close}>
          ×
        </button>
      </div>
      <Text key={`${form.value} ${row.kind} ${row.namespace} ${row.name}`} page={page} row={row} form={form.value} />
    </section>
  );
}

function Text({ page, row, form }: { page: Page; row: ObjectRow; form: Form }) {
  const text = useSignal<string | undefined>(undefined);
  const problem = useSignal('');
  const isWhole = useSignal(false);
  const { resource, namespace, name } = row;
  useSignalEffect(() => {
    void page.store.parts.rev.value;
    const leaving = new AbortController();
    const cancel = page.timers.after(text.peek() === undefined ? 0 : AGAIN_MS, () => {
      kubectlText(page.transport, argvFor(form, { resource, namespace, name }), leaving.signal).then(
        (printed) => {
          text.value = printed;
          problem.value = '';
        },
        (error: unknown) => {
          if (!leaving.signal.aborted) problem.value = wordsOf(page.words, error);
        },
      );
    });
    return () => {
      cancel();
      leaving.abort();
    };
  });
  if (problem.value !== '') return <p class="wrong">{problem.value}</p>;
  if (text.value === undefined) return null;
  const folded = form === 'yaml' ? foldManaged(text.value) : { text: text.value, hidden: 0 };
  return (
    <>
      {folded.hidden > 0 && (
        <button
          type="button"
          class="quiet objects__fold"
          aria-pressed={isWhole.value}
          onClick={() => (isWhole.value = !isWhole.value)}
        >
          {page.words.count('objects.managed', folded.hidden)}
        </button>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section class="objects__text" dir="ltr" tabIndex={0} aria-label={page.words.t(`objects.${form}`)}>
        <pre>{isWhole.value ? text.value : folded.text}</pre>
      </section>
    </>
  );
}

function argvFor(
  form: Form,
  { resource, namespace, name }: Pick<ObjectRow, 'resource' | 'namespace' | 'name'>,
): string[] {
  const place = namespace === '' ? [] : ['-n', namespace];
  if (form === 'describe') return ['describe', resource, name, ...place];
  return ['get', resource, name, ...place, '-o', 'yaml', '--show-managed-fields'];
}
