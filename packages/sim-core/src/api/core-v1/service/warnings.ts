import type { Service } from '../service.ts';
import { TOPOLOGY_HINTS, TOPOLOGY_MODE } from './validation.ts';

/** pkg/api/service/warnings.go GetWarningsForService */
export function warnOfService({ metadata }: Service): string[] {
  if (metadata.annotations?.[TOPOLOGY_HINTS] === undefined) return [];
  return [`annotation ${TOPOLOGY_HINTS} is deprecated, please use ${TOPOLOGY_MODE} instead`];
}
