/** What the cloud can be asked to do (cloudprovider.LoadBalancer: EnsureLoadBalancer, UpdateLoadBalancer, EnsureLoadBalancerDeleted). */
export type CloudOperation = 'ensure' | 'update' | 'delete';

/** A failure to inject (Scenario `spec.cloud.failures[]`). */
export interface CloudFailure {
  /** Only for this Service, `namespace/name`; absent: for any. */
  readonly service?: string;
  /** Which call fails; default `ensure`, creating and changing a load balancer. */
  readonly operation?: CloudOperation;
  /** How many calls fail; default 1. */
  readonly times?: number;
  /** What the cloud says, as it will stand in the Service's event. */
  readonly message: string;
}

/** The cloud refused a call. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
}

/** Failures that wait for their calls, in the order in which they were injected. */
export class Failures {
  readonly #waiting: { failure: CloudFailure; left: number }[] = [];

  constructor(failures: readonly CloudFailure[]) {
    for (const failure of failures) this.add(failure);
  }

  add(failure: CloudFailure): void {
    this.#waiting.push({ failure, left: failure.times ?? 1 });
  }

  /** @throws CloudError when this call is to fail */
  check(operation: CloudOperation, service: string): void {
    const hit = this.#waiting.find(({ failure, left }) => left > 0 && concerns(failure, operation, service));
    if (hit === undefined) return;
    hit.left -= 1;
    throw new CloudError(hit.failure.message);
  }
}

function concerns(failure: CloudFailure, operation: CloudOperation, service: string): boolean {
  return (failure.operation ?? 'ensure') === operation && (failure.service ?? service) === service;
}
