import { type FieldError, forbidden, invalid } from '../../../../apimachinery/field-error.ts';

/** What of core/v1 PodLogOptions can be wrong. Times in milliseconds. */
export interface CheckedLogOptions {
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly sinceSeconds?: number;
  readonly sinceTime?: number;
}

/** pkg/apis/core/validation ValidatePodLogOptions. */
export function validatePodLogOptions(options: CheckedLogOptions): FieldError[] {
  const { tailLines = 0, limitBytes = 1, sinceSeconds = 1, sinceTime } = options;
  const errors: FieldError[] = [];
  if (tailLines < 0) errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  if (limitBytes < 1) errors.push(invalid('limitBytes', limitBytes, 'must be greater than 0'));
  if (options.sinceSeconds !== undefined && sinceTime !== undefined)
    errors.push(forbidden('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  else if (sinceSeconds < 1) errors.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  return errors;
}
