import type { DoctorFinding } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Page } from '../app/page.ts';
import { SourceLink } from './source-link.tsx';

/** What the doctor found, with the line that is responsible and what to do about it. */
export function ProblemsPanel({ page }: { page: Page }) {
  const { findings, status } = page.store.parts;
  const waiting = status.value.waitingFor;
  if (findings.value.length === 0 && waiting.length === 0) return <p class="empty">{page.words.t('problems.none')}</p>;
  return (
    <ul class="problems">
      {findings.value.map((finding) => (
        <Problem key={`${finding.reason}${finding.message}`} page={page} finding={finding} />
      ))}
      {waiting.map(({ kind, namespace, name, reason }) => (
        <li key={`${kind}${namespace}${name}`} class="problem" data-severity="info">
          <span class="problem__severity">{page.words.t('problems.waiting')}</span>
          <div>
            <bdi dir="ltr">
              {kind.toLowerCase()}/{name}
            </bdi>
            : {reason}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Problem({ page, finding }: { page: Page; finding: DoctorFinding }) {
  const { severity, message, fix, source } = finding;
  return (
    <li class="problem" data-severity={severity}>
      <span class="problem__severity">{severity}</span>
      <div>
        <p>{message}</p>
        {fix && <p class="problem__fix">{page.words.t('trace.fix', { fix })}</p>}
      </div>
      <SourceLink page={page} source={source} />
    </li>
  );
}
