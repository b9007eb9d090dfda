import { defineCheck } from './define-check.ts';

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
});
