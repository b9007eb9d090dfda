import { notSupported } from '../../apimachinery/field-error.ts';
import { newInvalid } from '../../apimachinery/status-error.ts';
import type { FieldValidation } from '../decode-body.ts';
import type { ResourceRequest } from '../resource-request.ts';

/** What the query of a write says. */
export interface WriteQuery {
  readonly dryRun: boolean;
  readonly fieldValidation: FieldValidation;
  readonly fieldManager: string;
}

const VALIDATIONS: readonly FieldValidation[] = Object.freeze(['Ignore', 'Warn', 'Strict']);

/**
 * Reads dryRun, fieldValidation and fieldManager (k8s.io/apimachinery/pkg/apis/meta/v1/validation).
 * @param options kind of the options, for messages: CreateOptions, UpdateOptions, PatchOptions
 * @throws StatusError Invalid
 */
export function readWriteQuery({ query, http }: Pick<ResourceRequest, 'query' | 'http'>, options: string): WriteQuery {
  const dryRun = query.getAll('dryRun').filter((each) => each !== '');
  const validation = query.get('fieldValidation') || 'Warn';
  const errors = [
    ...(dryRun.some((each) => each !== 'All')
      ? [
          notSupported(
            'dryRun',
            dryRun.find((each) => each !== 'All'),
            ['All'],
          ),
        ]
      : []),
    ...(isValidation(validation) ? [] : [notSupported('fieldValidation', validation, ['', ...VALIDATIONS])]),
  ];
  if (errors.length > 0) throw newInvalid({ group: 'meta.k8s.io', kind: options }, '', errors);
  return {
    dryRun: dryRun.length > 0,
    fieldValidation: validation as FieldValidation,
    fieldManager: query.get('fieldManager') || managerOf(http.headers['user-agent'] ?? ''),
  };
}

function isValidation(text: string): text is FieldValidation {
  return (VALIDATIONS as readonly string[]).includes(text);
}

/** The program's name: what stands before the first slash of its User-Agent (`prefixFromUserAgent`). */
function managerOf(userAgent: string): string {
  return (userAgent.split('/')[0] as string).slice(0, 128) || 'unknown';
}
