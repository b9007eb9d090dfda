import type { ObjectName, SourcePosition } from './names.ts';

export interface DoctorFinding {
  severity: 'error' | 'warning' | 'info';
  reason: string;
  message: string;
  fix: string;
  object?: ObjectName;
  source?: SourcePosition;
}
