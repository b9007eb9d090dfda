import { useSignal } from '@preact/signals';
import type { Page } from '../app/page.ts';
import { type ReadResult, readResults, type StudentResult } from './class-results.ts';

const MARKS = Object.freeze({
  pass: 'class.pass',
  'not-yet': 'class.notYet',
  'could-not-check': 'class.couldNotCheck',
  blocked: 'class.blocked',
} as const);

/** One tile for each student, from a folder of results that were exported: nothing is collected and nothing is sent. */
export function ClassGrid({ page }: { page: Page }) {
  const { t, rich } = page.words;
  const shown = useSignal<readonly ReadResult[]>([]);
  const hidden = useSignal(false);
  const take = async (files: Iterable<File>): Promise<void> => {
    const results = [...files].filter(({ name }) => name.endsWith('.json'));
    const read = await Promise.all(
      results.map(async (file) => readResults(file.webkitRelativePath || file.name, await file.text())),
    );
    shown.value = read.flat();
  };
  const students = shown.value.flatMap((each) => ('result' in each ? each.result : []));
  const problems = shown.value.flatMap((each) => ('problem' in each ? `${each.file} ${each.problem}` : []));
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
      {shown.value.length === 0 && (
        <p class="small">{rich('class.what', { command: <code dir="ltr">grade --json</code> })}</p>
      )}
      <ul class="class__tiles">
        {students.map((student, i) => (
          <Tile
            key={`${student.student}${student.exercise}`}
            page={page}
            student={student}
            name={hidden.value ? t('class.student', { n: i + 1 }) : student.student}
          />
        ))}
      </ul>
      {problems.map((problem) => (
        <p key={problem} class="wrong">
          {problem}
        </p>
      ))}
    </section>
  );
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
