import type { EdgeRefusal } from './engine.ts';

/** Something that the user should be told on the console. */
export interface EdgeProblem {
  readonly reason: string;
  readonly message: string;
}

/** Tells of refused connections: once a load balancer and reason, until the reason changes or connections work again. */
export class Problems {
  readonly #tell: (problem: EdgeProblem) => void;
  /** Reason that was told last, by load balancer. */
  readonly #told = new Map<string, string>();
  readonly #toldOnce = new Set<string>();

  constructor(tell: (problem: EdgeProblem) => void) {
    this.#tell = tell;
  }

  refused({ refused, message, loadBalancer = '' }: EdgeRefusal): void {
    if (this.#told.get(loadBalancer) === refused) return;
    this.#told.set(loadBalancer, refused);
    this.#tell({ reason: refused, message });
  }

  /** A connection was made: the next refusal of this load balancer is news. */
  accepted(loadBalancer = ''): void {
    if (this.#told.size > 0) this.#told.delete(loadBalancer);
  }

  /** Tells something once for the life of the edge. */
  once(problem: EdgeProblem): void {
    if (this.#toldOnce.has(problem.reason)) return;
    this.#toldOnce.add(problem.reason);
    this.#tell(problem);
  }
}
