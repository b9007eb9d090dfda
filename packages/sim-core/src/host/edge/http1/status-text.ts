import { STATUS_CODES } from 'node:http';

const REASONS: ReadonlyMap<number, string> = new Map(
  Object.entries(STATUS_CODES).map(([status, reason]) => [Number(status), reason ?? '']),
);

/** The words behind a status where nobody said others: those that most programs use. */
export function statusText(status: number): string {
  return REASONS.get(status) ?? '';
}
