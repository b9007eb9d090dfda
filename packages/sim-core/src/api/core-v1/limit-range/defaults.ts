import type { LimitRange, LimitRangeItem } from '../limit-range.ts';

/** pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem: the maximum is the default limit, the limit the default request. */
export function setLimitRangeDefaults({ spec }: LimitRange): void {
  for (const item of spec?.limits ?? []) if (item.type === 'Container') setItemDefaults(item);
}

function setItemDefaults(item: LimitRangeItem): void {
  const limits = { ...item.max, ...item.default };
  const requests = { ...item.min, ...limits, ...item.defaultRequest };
  if (Object.keys(limits).length > 0) item.default = limits;
  if (Object.keys(requests).length > 0) item.defaultRequest = requests;
}
