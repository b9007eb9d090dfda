import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { select } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { useCalm } from '../app/use-calm.ts';
import type { Box } from '../map/box.ts';
import { complete } from './complete.ts';
import type { TerminalLine } from './terminal-session.ts';

/** kubectl in the page: a log, and a line to write on. */
export function TerminalPanel({ page }: { page: Page }) {
  const { terminal, words } = page;
  const log = useRef<HTMLPreElement>(null);
  const lines = useCalm(page, terminal.lines);
  const last = lines.at(-1)?.id;
  useEffect(() => {
    void last;
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last]);
  const boxes = boxesByName(page.derived.layout.value.boxes);
  return (
    <div class="terminal" dir="ltr">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre class="terminal__log" ref={log} role="log" tabIndex={0} aria-label={words.t('terminal.log')}>
        {lines.length === 0 && <span class="terminal__note">{words.t('terminal.begin')}</span>}
        {lines.map((line) => (
          <Line key={line.id} page={page} line={line} boxes={boxes} />
        ))}
      </pre>
      <Prompt page={page} />
    </div>
  );
}

function Line({ page, line, boxes }: { page: Page; line: TerminalLine; boxes: ReadonlyMap<string, string> }) {
  const { kind, text } = line;
  if (kind === 'exit')
    return (
      <span class="terminal__exit">
        {page.words.t('terminal.exit', { code: text })}
        {'\n'}
      </span>
    );
  if (kind !== 'out')
    return (
      <span class={`terminal__${kind}`}>
        {kind === 'command' || kind === 'note' ? '$ ' : ''}
        {text}
        {'\n'}
      </span>
    );
  const [, before = '', name = '', after = ''] = namedIn(text, boxes) ?? [];
  const box = boxes.get(name);
  if (box === undefined) return <span>{`${text}\n`}</span>;
  return (
    <span>
      {before}
      <button type="button" class="terminal__name" onClick={() => select(page, box)}>
        {name}
      </button>
      {`${after}\n`}
    </span>
  );
}

/** The first or second column of a table, or what stands behind a slash, where it is the name of a box. */
function namedIn(text: string, boxes: ReadonlyMap<string, string>): RegExpExecArray | undefined {
  const patterns = [/^()(\S+)(.*)$/, /^(\S+\/)([^\s/]+)(.*)$/, /^(\S+\s+)(\S+)(.*)$/];
  return patterns.map((pattern) => pattern.exec(text)).find((match) => match && boxes.has(match[2] ?? '')) ?? undefined;
}

function boxesByName(boxes: readonly Box[]): ReadonlyMap<string, string> {
  const named = boxes.flatMap(({ id, subject }): [string, string][] => {
    if (subject.kind === 'pod' || subject.kind === 'controller') return [[subject.pod.name, id]];
    if (subject.kind === 'service') return [[subject.lane.service.name, id]];
    if (subject.kind === 'rule') return [[subject.ingress.name, id]];
    return subject.kind === 'node' ? [[subject.node.name, id]] : [];
  });
  return new Map(named.reverse());
}

function Prompt({ page }: { page: Page }) {
  const { terminal, words, store } = page;
  const input = useRef<HTMLInputElement>(null);
  const offered = useSignal<readonly string[]>([]);
  const at = useRef<number | undefined>(undefined);
  const isRunning = terminal.isRunning.value;
  const set = (text: string): void => {
    if (input.current) input.current.value = text;
  };
  const run = (): void => {
    const line = input.current?.value ?? '';
    set('');
    at.current = undefined;
    offered.value = [];
    void terminal.run(line);
  };
  const recall = (step: number): void => {
    const { history } = terminal;
    const next = Math.max(0, Math.min(history.length, (at.current ?? history.length) + step));
    at.current = next;
    set(history[next] ?? '');
  };
  const tab = async (): Promise<void> => {
    const element = input.current!;
    const caret = element.selectionStart ?? element.value.length;
    const before = element.value.slice(0, caret);
    const namespaces = [
      ...new Set(
        [...store.parts.objects.peek().values()].map((one) => ('namespace' in one ? one.namespace : 'default')),
      ),
    ];
    const files = store.parts.files.peek().map(({ file }) => file);
    const { line, candidates } = await complete(
      before,
      terminal.sources(() => namespaces, files),
    );
    if (element.value.slice(0, caret) !== before) return;
    element.value = line + element.value.slice(caret);
    element.setSelectionRange(line.length, line.length);
    offered.value = candidates.length > 1 ? candidates.slice(0, 60) : [];
  };
  const onKey = (event: KeyboardEvent): void => {
    const element = event.currentTarget as HTMLInputElement;
    const hasText = element.value.slice(0, element.selectionStart ?? 0).trim() !== '';
    if (event.key === 'Enter' && !event.isComposing) run();
    else if (event.key === 'ArrowUp') recall(-1);
    else if (event.key === 'ArrowDown') recall(1);
    else if (event.key === 'Tab' && !event.shiftKey && hasText) void tab();
    else if (event.key === 'c' && event.ctrlKey && isRunning) terminal.interrupt();
    else if (event.key === 'l' && event.ctrlKey) terminal.clear();
    else return;
    event.preventDefault();
  };
  return (
    <div class="terminal__prompt">
      {offered.value.length > 0 && <p class="terminal__offered">{offered.value.join('  ')}</p>}
      <label class="terminal__line">
        <span aria-hidden="true">$</span>
        <input
          ref={input}
          type="text"
          aria-label={words.t('terminal.line')}
          aria-description={words.t('terminal.keys')}
          placeholder={words.t('terminal.example')}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onKeyDown={onKey}
        />
        {isRunning && (
          <button type="button" onClick={() => terminal.interrupt()}>
            {words.t('terminal.stop')}
          </button>
        )}
      </label>
    </div>
  );
}
