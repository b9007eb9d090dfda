import type { KubectlOutput, WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import { useCalm } from '../app/use-calm.ts';

const MOST_LINES = 1000;

/** Whose log is shown. */
type LoggingPod = Pick<WirePod, 'uid' | 'namespace' | 'name'>;

/**
 * What a pod writes, as `kubectl logs -f` shows it: the selected one's, or any other. A pod that is gone stays here with its
 * last lines until another is asked for.
 */
export function LogsPanel({ page }: { page: Page }) {
  const { words, view } = page;
  const pods = page.derived.objects.value.pods;
  const chosen = useSignal<LoggingPod | undefined>(undefined);
  const last = useRef<LoggingPod>(undefined);
  const selected = pods.find(({ uid }) => `pod:${uid}` === view.selected.value);
  const pod = chosen.value ?? selected ?? last.current ?? pods[0];
  last.current = pod;
  if (!pod) return <p class="empty">{words.t('logs.none')}</p>;
  const offered = pods.some(({ uid }) => uid === pod.uid) ? pods : [pod, ...pods];
  return (
    <div class="logs">
      <label class="logs__pod">
        {words.t('logs.pod')}
        <select
          dir="ltr"
          value={pod.uid}
          onChange={({ currentTarget: { value } }) => (chosen.value = offered.find(({ uid }) => uid === value))}
        >
          {offered.map(({ uid, namespace, name }) => (
            <option key={uid} value={uid}>
              {namespace}/{name}
            </option>
          ))}
        </select>
      </label>
      <Log key={pod.uid} page={page} namespace={pod.namespace} name={pod.name} />
    </div>
  );
}

function Log({ page, namespace, name }: { page: Page; namespace: string; name: string }) {
  const lines = useSignal<readonly string[]>([]);
  const hasEnded = useSignal(false);
  const element = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const argv = ['logs', name, '-n', namespace, '-f', '--tail=200', '--all-containers'];
    const add = (text: string): void => {
      lines.value = [...lines.peek(), ...text.replace(/\n$/, '').split('\n')].slice(-MOST_LINES);
    };
    page.transport
      .lines<KubectlOutput>(
        '/kubectl',
        { argv },
        (line) => ('out' in line ? add(line.out) : 'err' in line && add(line.err)),
        leaving.signal,
      )
      .catch((error: unknown) => add(String(error)))
      .finally(() => (hasEnded.value = true));
    return () => leaving.abort();
  }, [page, namespace, name, lines, hasEnded]);
  const isFrozen = page.store.frozenAt.value !== undefined;
  const newest = useCalm(page, lines);
  const shown = useRef(newest);
  if (!isFrozen) shown.current = newest;
  const last = shown.current;
  useEffect(() => {
    void last;
    element.current?.scrollTo({ top: element.current.scrollHeight });
  }, [last]);
  return (
    <pre
      class="logs__log"
      ref={element}
      role="log"
      aria-live="off"
      dir="ltr"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={page.words.t('logs.log', { pod: name })}
    >
      {shown.current.join('\n')}
      {hasEnded.value && `\n${page.words.t('logs.end')}`}
    </pre>
  );
}
