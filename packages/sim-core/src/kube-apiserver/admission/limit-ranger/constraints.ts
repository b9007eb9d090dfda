import { compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../apimachinery/quantity.ts';
import type { Amounts } from '../../../apimachinery/resource-list.ts';

/** Of what a limit speaks: `Container`, `Pod`, `PersistentVolumeClaim`; what is asked for and what is allowed. */
export interface Limited {
  readonly type: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

type List = Readonly<Record<string, string>> | undefined;
type Constraint = (name: string, enforced: Quantity, limited: Limited) => string | undefined;

/** What the item's bounds say against it, in words; by resource name where upstream has no order (plugin/pkg/admission/limitranger/admission.go). */
export function violations(
  item: { min?: List; max?: List; maxLimitRequestRatio?: List },
  limited: Limited,
  isClaim = false,
): string[] {
  return [
    ...each(item.min, isClaim ? minRequest : min, limited),
    ...each(item.max, isClaim ? maxRequest : max, limited),
    ...(isClaim ? [] : each(item.maxLimitRequestRatio, ratio, limited)),
  ];
}

function each(list: List, constraint: Constraint, limited: Limited): string[] {
  const names = Object.keys(list ?? {}).sort();
  return names.flatMap((name) => constraint(name, parseQuantity(list?.[name] ?? '0'), limited) ?? []);
}

const min: Constraint = (name, enforced, limited) => {
  const head = `minimum ${name} usage per ${limited.type} is ${formatQuantity(enforced)}`;
  const { [name]: request } = limited.requests;
  const { [name]: limit } = limited.limits;
  if (request === undefined) return `${head}.  No request is specified`;
  if (compareQuantities(request, enforced) < 0) return `${head}, but request is ${formatQuantity(request)}`;
  if (limit !== undefined && compareQuantities(limit, enforced) < 0)
    return `${head}, but limit is ${formatQuantity(limit)}`;
  return undefined;
};

const max: Constraint = (name, enforced, limited) => {
  const head = `maximum ${name} usage per ${limited.type} is ${formatQuantity(enforced)}`;
  const { [name]: request } = limited.requests;
  const { [name]: limit } = limited.limits;
  if (limit === undefined) return `${head}.  No limit is specified`;
  if (compareQuantities(limit, enforced) > 0) return `${head}, but limit is ${formatQuantity(limit)}`;
  if (request !== undefined && compareQuantities(request, enforced) > 0)
    return `${head}, but request is ${formatQuantity(request)}`;
  return undefined;
};

/** A claim only has a request. */
const minRequest: Constraint = (name, enforced, limited) => min(name, enforced, { ...limited, limits: {} });

const maxRequest: Constraint = (name, enforced, { type, requests }) => {
  const head = `maximum ${name} usage per ${type} is ${formatQuantity(enforced)}`;
  const { [name]: request } = requests;
  if (request === undefined) return `${head}.  No request is specified`;
  return compareQuantities(request, enforced) > 0 ? `${head}, but request is ${formatQuantity(request)}` : undefined;
};

const ratio: Constraint = (name, enforced, { type, requests, limits }) => {
  const head = `${name} max limit to request ratio per ${type} is ${formatQuantity(enforced)}`;
  const { [name]: request } = requests;
  const { [name]: limit } = limits;
  if (request === undefined || request.nanos === 0n) return `${head}, but no request is specified or request is 0`;
  if (limit === undefined || limit.nanos === 0n) return `${head}, but no limit is specified or limit is 0`;
  const observed = Number(limit.nanos) / Number(request.nanos);
  return observed > Number(enforced.nanos) / 1e9 ? `${head}, but provided ratio is ${observed.toFixed(6)}` : undefined;
};
