import type { AppliedObject, ApplyProblem } from '@k8s-ingress-sandbox/sim-core/wire';
import { useEffect, useRef } from 'preact/hooks';
import { saveFile } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import type { EditedFile } from './drafts.ts';
import { quoted } from './dry-run.ts';

/** What the API server says of the text, and what can be done with it. */
export function PlanColumn({ page, file }: { page: Page; file: EditedFile }) {
  return (
    <div class="plan">
      <Buttons page={page} file={file} />
      <Applied page={page} file={file} />
      {file.isOvertaken && <Overtaken page={page} file={file} />}
      <Said page={page} file={file} />
    </div>
  );
}

function Buttons({ page, file }: { page: Page; file: EditedFile }) {
  const { editor, words } = page;
  const { t } = words;
  const mode = editor.mode.value;
  const check = editor.check.value;
  const isRefused = check.phase === 'known' && check.text === file.text && check.verdict.problems.length > 0;
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (mode !== 'edit') main.current?.focus();
  }, [mode]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && mode !== 'edit') editor.mode.value = 'edit';
    else if (event.key === 'Enter' && event.ctrlKey && mode === 'review') void editor.apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <fieldset class="plan__buttons" aria-label={t('yaml.actions')} onKeyDown={onKey}>
      {mode === 'save' ? (
        <button ref={main} type="button" class="primary" onClick={() => void saveFile(page, file)}>
          {t('yaml.saveNow', { file: file.file })}
        </button>
      ) : (
        <button
          ref={main}
          type="button"
          class="primary"
          aria-keyshortcuts="Control+Enter"
          title="Ctrl+Enter"
          disabled={!file.isEdited || isRefused || editor.isApplying.value}
          onClick={() => void editor.apply()}
        >
          {t(editor.isApplying.value ? 'yaml.applying' : mode === 'review' ? 'yaml.apply' : 'yaml.review')}
        </button>
      )}
      {mode !== 'edit' && (
        <button type="button" onClick={() => (editor.mode.value = 'edit')}>
          {t('yaml.back')}
        </button>
      )}
      {mode === 'edit' && file.isEdited && (
        <button type="button" class="quiet" onClick={() => editor.discard(file)}>
          {t('yaml.discard')}
        </button>
      )}
      {mode === 'edit' && file.isDraft && !file.isEdited && (
        <button type="button" onClick={() => (editor.mode.value = 'save')}>
          {t('yaml.save', { file: file.file })}
        </button>
      )}
    </fieldset>
  );
}

function Applied({ page: { editor, store, words }, file }: { page: Page; file: EditedFile }) {
  const applied = editor.applied.value;
  if (applied?.file !== file.file) return null;
  const { rev } = applied;
  const isShown = store.parts.rev.value >= rev;
  return (
    <p class="plan__ok">
      <span aria-hidden="true">✓ </span>
      {words.t(isShown ? 'yaml.shown' : 'yaml.applied', { rev })}
    </p>
  );
}

function Overtaken({ page: { editor, words }, file }: { page: Page; file: EditedFile }) {
  return (
    <div class="plan__overtaken">
      <p>{words.t('yaml.overtakenWords')}</p>
      <button type="button" onClick={() => (editor.mode.value = 'review')}>
        {words.t('yaml.compare')}
      </button>
      <button type="button" onClick={() => editor.discard(file)}>
        {words.t('yaml.takeTheirs')}
      </button>
    </div>
  );
}

function Said({ page, file }: { page: Page; file: EditedFile }) {
  const { editor, words } = page;
  const check = editor.check.value;
  if (check.phase === 'failed') return <p class="wrong">{words.t('yaml.unreachable', { reason: check.reason })}</p>;
  if (check.phase === 'checking' || check.text !== file.text) return <p class="small">{words.t('yaml.checking')}</p>;
  const { problems, changes, warnings } = check.verdict;
  if (problems.length > 0) return <Problems page={page} file={file} problems={problems} />;
  return (
    <>
      <Changes page={page} file={file} changes={changes} />
      {warnings.map((warning) => (
        <p key={warning} class="plan__warning" dir="ltr">
          <bdi dir="ltr">Warning: {warning}</bdi>
        </p>
      ))}
    </>
  );
}

interface ChangesProps {
  page: Page;
  file: EditedFile;
  changes: readonly AppliedObject[];
}

function Changes({ page: { editor, words }, file, changes }: ChangesProps) {
  if (changes.length === 0) return <p class="small">{words.t('yaml.matches')}</p>;
  return (
    <>
      <p class={file.isEdited ? 'small' : 'plan__differs'}>
        {words.count(file.isEdited ? 'yaml.plan' : 'yaml.differs', changes.length)}
      </p>
      <ul class="plan__objects" dir="ltr">
        {changes.map(({ kind, namespace, name, action }) => (
          <li key={`${kind}/${namespace}/${name}`}>
            {kind.toLowerCase()}/{name} <b>{action}</b>
          </li>
        ))}
      </ul>
      {!file.isEdited && (
        <button type="button" disabled={editor.isApplying.value} onClick={() => void editor.applyText(file, file.text)}>
          {words.t('yaml.again')}
        </button>
      )}
    </>
  );
}

function Problems({ page, file, problems }: { page: Page; file: EditedFile; problems: readonly ApplyProblem[] }) {
  const { editor, words } = page;
  return (
    <>
      <p class="plan__count">{words.count('yaml.errors', problems.length)}</p>
      <ul class="plan__problems">
        {problems.map((problem) => {
          const { message, hint, line, column } = problem;
          const fixed = quoted(file.text, problem);
          return (
            <li key={`${line} ${column} ${message}`}>
              <button
                type="button"
                class="link"
                title={words.t('yaml.goTo', { line })}
                onClick={() => editor.show(line, column)}
              >
                {words.t('yaml.line', { line })}
              </button>{' '}
              <bdi dir="ltr">{message}</bdi>
              {hint && <span class="plan__hint">{hint}</span>}
              {fixed !== undefined && (
                <button type="button" onClick={() => editor.type(file.file, fixed)}>
                  {words.t('yaml.quote')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
