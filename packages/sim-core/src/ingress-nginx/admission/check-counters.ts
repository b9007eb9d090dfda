/** How many checks of an Ingress went well, and how many did not. */
export interface Checks {
  success: number;
  errors: number;
}

/** Counts what the webhook said, by Ingress (internal/ingress/metric/collectors/controller.go, IncCheckCount and IncCheckErrorCount). */
export class CheckCounters {
  readonly #byIngress = new Map<string, Checks>();

  count(key: string, isGood: boolean): void {
    const checks = this.#byIngress.get(key) ?? { success: 0, errors: 0 };
    this.#byIngress.set(key, checks);
    if (isGood) checks.success++;
    else checks.errors++;
  }

  /** By `namespace/name`, in the order of the first check. */
  entries(): ReadonlyMap<string, Readonly<Checks>> {
    return this.#byIngress;
  }
}
