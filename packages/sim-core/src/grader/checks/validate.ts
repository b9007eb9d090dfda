import { formatPlace } from '../../manifest/problem.ts';
import type { ManifestFinding } from '../site.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';

/** What `validate` wants. */
export interface ValidateSpec {
  /** The mildest finding that counts. */
  readonly severity: 'error' | 'warning';
  /** Reasons of findings that do not count. */
  readonly ignore: readonly string[];
}

/** The manifests can be read, the API server takes them, and the doctor finds nothing wrong with what they make. */
export const validate = defineCheck<ValidateSpec>({
  name: 'validate',
  summary: 'The manifests can be read, the API server takes them, and the doctor finds nothing in what they make.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['severity', 'ignore']);
    return {
      severity: reader.oneOf('severity', ['error', 'warning'] as const, 'error'),
      ignore: reader.texts('ignore'),
    };
  },
  title: ({ severity }) => `Manifests without ${severity === 'error' ? 'errors' : 'errors and warnings'}`,
  roles: () => [],
  advisesFirst: true,
  async run({ severity, ignore }, context) {
    const all = await context.findings();
    const counted = all.filter(
      (finding) => !ignore.includes(finding.reason) && (severity === 'warning' || finding.severity === 'error'),
    );
    const { documents } = context.files;
    const evidence = { objects: documents.length, findings: counted.map(spell) };
    const [first] = counted;
    if (first === undefined) return passed(`${documents.length} objects, nothing to complain about`, evidence);
    const more = counted.length > 1 ? ` (and ${counted.length - 1} more)` : '';
    const { file, line, column, fix } = first;
    return notYet(`${first.message}${more}`, evidence, {
      ...(fix !== undefined && fix !== '' && { fix }),
      ...(file !== undefined && { place: { file, line, column } }),
    });
  },
});

function spell(finding: ManifestFinding): string {
  const { file, message } = finding;
  return file === undefined ? message : `${formatPlace(file, finding)}: ${message}`;
}
