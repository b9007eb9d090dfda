import { addQuantities, compareQuantities, formatQuantity, parseQuantity, type Quantity } from './quantity.ts';

/** Amounts by resource name, read (v1.ResourceList). */
export type Amounts = Readonly<Record<string, Quantity>>;

/** Reads the amounts of a manifest; they are valid already. */
export function parseAmounts(list: Readonly<Record<string, string>> | undefined): Amounts {
  return mapAmounts(list ?? {}, (text) => parseQuantity(text));
}

/** The amounts as a manifest has them. */
export function formatAmounts(amounts: Amounts): Record<string, string> {
  return mapAmounts(amounts, formatQuantity);
}

/** The sum of both (quota.Add). */
export function addAmounts(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, Quantity> = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    const other = sum[name];
    sum[name] = other === undefined ? amount : addQuantities(other, amount);
  }
  return sum;
}

/** What `a` has more than `b`, negative where it has less (quota.Subtract). */
export function subtractAmounts(a: Amounts, b: Amounts): Amounts {
  return addAmounts(
    a,
    mapAmounts(b, ({ nanos, format }) => ({ nanos: -nanos, format })),
  );
}

/** The larger of each (quota.Max). */
export function maxAmounts(a: Amounts, b: Amounts): Amounts {
  const most: Record<string, Quantity> = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    const other = most[name];
    if (other === undefined || compareQuantities(amount, other) > 0) most[name] = amount;
  }
  return most;
}

/** Only the resources of these names (quota.Mask). */
export function maskAmounts(amounts: Amounts, names: readonly string[]): Amounts {
  return Object.fromEntries(Object.entries(amounts).filter(([name]) => names.includes(name)));
}

/** `cpu=1,memory=1Gi`, by name (prettyPrint of k8s.io/apiserver's quota admission). */
export function printAmounts(amounts: Amounts): string {
  const pairs = Object.entries(amounts).map(([name, amount]) => `${name}=${formatQuantity(amount)}`);
  return pairs.sort().join(',');
}

function mapAmounts<From, To>(list: Readonly<Record<string, From>>, map: (amount: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(list).map(([name, amount]) => [name, map(amount)]));
}
