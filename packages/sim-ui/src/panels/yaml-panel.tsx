import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import type { SourceFile } from '../state/cluster-state.ts';

/** The files as the server reads them; the line that somebody asked for is marked. */
export function YamlPanel({ page }: { page: Page }) {
  const files = page.store.parts.files.value;
  const chosen = useSignal<string | undefined>(undefined);
  const shown = page.view.source.value;
  useEffect(() => {
    chosen.value = undefined;
  }, [shown, chosen]);
  const file = files.find((one) => one.file === (chosen.value ?? shown?.file)) ?? files[0];
  if (!file) return <p class="empty">Nothing was applied from a file.</p>;
  return (
    <div class="yaml">
      <ul class="yaml__files">
        {files.map(({ file: name, draft }) => (
          <li key={name}>
            <button type="button" class="link" aria-pressed={name === file.file} onClick={() => (chosen.value = name)}>
              <bdi dir="ltr">{name}</bdi>
              {draft && <span class="small"> draft, not saved</span>}
            </button>
          </li>
        ))}
      </ul>
      <Lines file={file} line={shown?.file === file.file ? shown.line : undefined} flash={shown?.flash ?? 0} />
    </div>
  );
}

function Lines({ file, line, flash }: { file: SourceFile; line: number | undefined; flash: number }) {
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => {
    void flash;
    if (line !== undefined) marked.current?.scrollIntoView({ block: 'center' });
  }, [line, flash, file.file]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <ol class="code" dir="ltr" tabIndex={0} aria-label={`Text of ${file.file}`}>
      {file.text.split('\n').map((text, i) => {
        const isMarked = i + 1 === line;
        return (
          // Lines have no other identity than their number.
          <li
            key={isMarked ? `${i} ${flash}` : i}
            class="code__line"
            ref={isMarked ? marked : undefined}
            data-marked={isMarked ? '' : undefined}
          >
            <YamlText text={text} />
          </li>
        );
      })}
    </ol>
  );
}

/** Keys, values and comments told apart. */
function YamlText({ text }: { text: string }) {
  const [, code = '', comment = ''] = /^((?:[^#"']|"[^"]*"|'[^']*'|\S#)*)(#.*)?$/.exec(text) ?? ['', text, ''];
  const [, lead = '', key = '', value = ''] = /^([\s-]*)([^\s:][^:]*:(?=\s|$))?(.*)$/s.exec(code) ?? ['', '', '', code];
  return (
    <code>
      {lead}
      <span class="code__key">{key}</span>
      {value}
      <span class="code__comment">{comment}</span>
    </code>
  );
}
