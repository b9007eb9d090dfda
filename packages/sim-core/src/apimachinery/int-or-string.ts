/** A number or a string, such as `80`, `http` or `25%` (`intstr.IntOrString`). */
export type IntOrString = number | string;

/**
 * The number that a count or a percentage of `total` stands for, percentages rounded up or down
 * (`GetScaledValueFromIntOrPercent` of `k8s.io/apimachinery/pkg/util/intstr`); 0 when absent. Throws with Go's words for a
 * string that is no percentage, which validation refuses.
 */
export function resolvePercent(value: IntOrString | undefined, total: number, roundUp: boolean): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  if (!value.endsWith('%')) {
    throw new Error('invalid value for IntOrString: invalid type: string is not a percentage');
  }
  const percent = Number(value.slice(0, -1));
  if (!/^[-+]?\d+%$/.test(value)) throw new Error(`invalid value for IntOrString: invalid value "${value}"`);
  const scaled = (percent * total) / 100;
  return roundUp ? Math.ceil(scaled) : Math.floor(scaled);
}
