import type { NginxConf, NginxConfLine } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal, useSignalEffect } from '@preact/signals';
import type { Page } from '../app/page.ts';
import { type Transport, TransportError } from '../transport/transport.ts';
import { SourceLink } from './source-link.tsx';

/** The cluster changes many times a second: the text is asked for again once it has stayed the same for so long. */
const AGAIN_MS = 250;

/** What the controller made of the Ingresses: nginx.conf, each line with what wrote it. */
export function NginxPanel({ page }: { page: Page }) {
  const { words, transport, timers, store } = page;
  const conf = useSignal<NginxConf | undefined>(undefined);
  const problem = useSignal('');
  const isOwn = useSignal(false);
  useSignalEffect(() => {
    void store.parts.rev.value;
    let isOver = false;
    const cancel = timers.after(conf.peek() === undefined ? 0 : AGAIN_MS, async () => {
      const answer = await ask(transport);
      if (isOver) return;
      problem.value = 'problem' in answer ? answer.problem : '';
      if (!('problem' in answer)) conf.value = answer;
    });
    return () => {
      isOver = true;
      cancel();
    };
  });
  if (problem.value !== '') return <p class="empty">{words.t('nginx.none')}</p>;
  if (!conf.value) return null;
  const { pod, failure, lines } = conf.value;
  const shown = isOwn.value ? lines.filter((line) => line.sources.some(({ kind }) => kind !== 'default')) : lines;
  return (
    <div class="nginx">
      <label class="nginx__only">
        <input
          type="checkbox"
          checked={isOwn.value}
          onChange={(event) => (isOwn.value = event.currentTarget.checked)}
        />
        {words.t('nginx.only')}
      </label>
      {failure && <p class="wrong">{words.t('nginx.failure', { reason: failure })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <ol class="nginx__text" dir="ltr" tabIndex={0} aria-label={words.t('nginx.text', { pod })}>
        {shown.map((line, i) => (
          <Line key={i} page={page} line={line} />
        ))}
      </ol>
    </div>
  );
}

async function ask(transport: Transport): Promise<NginxConf | { problem: string }> {
  try {
    return await transport.call<NginxConf>('GET', '/nginx-conf');
  } catch (error) {
    return { problem: error instanceof TransportError ? error.message : String(error) };
  }
}

function Line({ page, line: { text, sources } }: { page: Page; line: NginxConfLine }) {
  const [source] = sources.filter(({ kind }) => kind !== 'default');
  return (
    <li class="nginx__line">
      <code>{text}</code>
      {source && (
        <span class="nginx__source">
          {source.name} <SourceLink page={page} source={source.source} />
        </span>
      )}
    </li>
  );
}
