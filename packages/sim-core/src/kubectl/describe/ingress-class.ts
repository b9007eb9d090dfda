import { text } from '../json.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { metadataLines } from './metadata.ts';

/** describe.go describeIngressClassV1. */
export const ingressClass: Describer = async (context, object) => [
  `Name:\t${text(object, 'metadata', 'name')}`,
  ...metadataLines(object),
  `Controller:\t${text(object, 'spec', 'controller')}`,
  ...(await eventLines(context, object)),
];
