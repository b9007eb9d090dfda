import type { RequestTrace } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { wordsOf } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { type Question, questionOf } from './supposed-request.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Asks the server where the open request would go if it were another; the map then shows that way. */
export function WhatIf({ page }: { page: Page }) {
  const open = page.view.trace.value;
  if (open?.phase !== 'shown') return null;
  return (
    <>
      <Form key={open.id} page={page} trace={open.trace} />
      {open.supposed && <Answer page={page} supposed={open.supposed} />}
    </>
  );
}

function Form({ page, trace }: { page: Page; trace: RequestTrace }) {
  const { t } = page.words;
  const problem = useSignal('');
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? '');
    const question = questionOf({
      like: trace.id,
      method: field('method'),
      scheme: trace.scheme,
      host: field('host'),
      path: field('path'),
      header: field('header'),
      cookie: field('cookie'),
    });
    problem.value =
      'wrong' in question ? t('whatif.noHeader', { line: question.wrong }) : await ask(page, trace.id, question);
  };
  return (
    <form class="whatif whatif__form" aria-label={t('whatif.form')} onSubmit={(event) => void submit(event)}>
      <select name="method" aria-label={t('whatif.method')} value={trace.method}>
        {[...new Set([trace.method, ...METHODS])].map((method) => (
          <option key={method}>{method}</option>
        ))}
      </select>
      <input name="host" aria-label={t('whatif.host')} defaultValue={trace.host} spellcheck={false} />
      <input name="path" aria-label={t('whatif.path')} defaultValue={trace.url} spellcheck={false} />
      <input name="header" aria-label={t('whatif.header')} placeholder={t('load.placeholder')} spellcheck={false} />
      <input name="cookie" aria-label={t('whatif.cookie')} placeholder={t('whatif.cookieExample')} spellcheck={false} />
      <button type="submit">{t('whatif.ask')}</button>
      {problem.value !== '' && (
        <p class="wrong" role="alert">
          {problem.value}
        </p>
      )}
    </form>
  );
}

/** @returns why there is no answer; '' when there is one */
async function ask({ view, transport, words }: Page, id: number, question: Question): Promise<string> {
  try {
    const supposed = await transport.call<RequestTrace>('POST', '/explain', question);
    const open = view.trace.peek();
    if (open?.phase === 'shown' && open.id === id) view.trace.value = { ...open, supposed };
    return '';
  } catch (error) {
    return wordsOf(words, error);
  }
}

function Answer({ page, supposed }: { page: Page; supposed: RequestTrace }) {
  const { t, rich } = page.words;
  const { method, host, url, service, summary } = supposed;
  const forget = (): void => {
    const open = page.view.trace.peek();
    if (open?.phase === 'shown') page.view.trace.value = { ...open, supposed: undefined };
  };
  return (
    <div class="whatif__answer">
      <output>
        <bdi dir="ltr">
          {method} {host}
          {url}
        </bdi>{' '}
        → <b>{service === '' ? t('whatif.nowhere') : rich('whatif.answer', { service: <bdi>{service}</bdi> })}</b>
        <span class="whatif__summary">{summary}</span>
      </output>
      <button type="button" onClick={forget}>
        {t('whatif.own')}
      </button>
    </div>
  );
}
