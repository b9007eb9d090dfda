import type { ObjectName } from './names.ts';

export interface WireEvent {
  uid: string;
  at: number;
  type: 'Normal' | 'Warning';
  reason: string;
  object: ObjectName;
  message: string;
  count: number;
  component: string;
}
