import { text } from '../json.ts';
import type { Describer } from './describer.ts';
import { metadataLines } from './metadata.ts';

/** describe.go describeNamespace, without quotas and limits. */
export const namespace: Describer = async (_, object) => [
  `Name:\t${text(object, 'metadata', 'name')}`,
  ...metadataLines(object),
  `Status:\t${text(object, 'status', 'phase')}`,
  '',
  'No resource quota.',
  '',
  'No LimitRange resource.',
];
