import type { DoctorFinding } from '../wire.ts';

/** A finding of the doctor as one text. */
export function fixText({ message, fix }: DoctorFinding): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${fix}`;
}
