import { StatusError } from '../apimachinery/status-error.ts';

/** Does work; what was warned of before it failed goes along with the refusal, as it does in the real server's headers. */
export function carryWarnings<T>(said: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StatusError) error.warnings = said;
    throw error;
  }
}
