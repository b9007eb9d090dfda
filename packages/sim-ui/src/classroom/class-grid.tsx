import type { ClassFiles } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal, useSignalEffect } from '@preact/signals';
import type { Page } from '../app/page.ts';
import { followClassFolder } from './class-folder.ts';
import { type ReadResult, readResults, type StudentResult } from './class-results.ts';

const MARKS = Object.freeze({
  pass: 'class.pass',
  'not-yet': 'class.notYet',
  'could-not-check': 'class.couldNotCheck',
  blocked: 'class.blocked',
} as const);

/**
 * One tile for each student, from a folder of results that were exported: the one of `--class`, which the server reads, and one
 * that is chosen here. Nothing is collected and nothing is sent.
 */
export function ClassGrid({ page }: { page: Page }) {
  const { t, rich } = page.words;
  const folder = useSignal('');
  const served = useSignal<readonly ReadResult[]>([]);
  const chosen = useSignal<readonly ReadResult[]>([]);
  const hidden = useSignal(false);
  useSignalEffect(() => {
    const { connection, role } = page.store;
    // Names of students are for whoever started the sandbox; a viewer's door has no such folder.
    if (connection.value.phase !== 'live' || role.value === 'viewer') return;
    return followClassFolder(page, (files) => {
      folder.value = files.folder;
      served.value = readServed(files);
    });
  });
  const take = async (files: Iterable<File>): Promise<void> => {
    const results = [...files].filter(({ name }) => name.endsWith('.json'));
    const read = await Promise.all(
      results.map(async (file) => readResults(file.webkitRelativePath || file.name, await file.text())),
    );
    chosen.value = read.flat();
  };
  const shown = [...served.value, ...chosen.value];
  const students = shown.flatMap((each) => ('result' in each ? each.result : []));
  const problems = shown.flatMap((each) => ('problem' in each ? each : []));
  return (
    <section class="class" aria-label={t('class.region')}>
      <div class="class__head">
        <label>
          {t('class.folder')}{' '}
          <input
            type="file"
            multiple
            {...{ webkitdirectory: true }}
            onChange={(event) => void take(event.currentTarget.files ?? [])}
          />
        </label>
        <button type="button" aria-pressed={hidden.value} onClick={() => (hidden.value = !hidden.value)}>
          {t('class.hide')}
        </button>
      </div>
      {folder.value !== '' && (
        <p class="small">{rich('class.served', { folder: <code dir="ltr">{folder.value}</code> })}</p>
      )}
      {shown.length === 0 && (
        <p class="small">{rich('class.what', { command: <code dir="ltr">grade --json</code> })}</p>
      )}
      <ul class="class__tiles">
        {students.map((student, i) => (
          <Tile
            key={i}
            page={page}
            student={student}
            name={hidden.value ? t('class.student', { n: i + 1 }) : student.student}
          />
        ))}
      </ul>
      {problems.map(({ file, problem }, i) => (
        <p key={i} class="wrong">
          {/* A file is called like its student. */}
          <bdi>{hidden.value ? '…' : file}</bdi> {problem}
        </p>
      ))}
    </section>
  );
}

function readServed({ files }: ClassFiles): ReadResult[] {
  return files.flatMap((each) => ('text' in each ? readResults(each.file, each.text) : each));
}

function Tile({ page, student, name }: { page: Page; student: StudentResult; name: string }) {
  const { exercise, score, max, checks } = student;
  return (
    <li class="class__tile">
      <h3>
        <bdi>{name}</bdi>{' '}
        <bdi dir="ltr">
          {score} / {max}
        </bdi>
      </h3>
      <p class="small">{exercise}</p>
      <ul>
        {checks.map(({ title, result }) => (
          <li key={title} data-result={result}>
            <bdi>{page.words.t(MARKS[result])}</bdi> {title}
          </li>
        ))}
      </ul>
    </li>
  );
}
