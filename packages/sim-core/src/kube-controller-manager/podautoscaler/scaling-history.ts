/** What an autoscaler proposed, and when (cluster time, milliseconds). */
interface Recommendation {
  readonly replicas: number;
  readonly at: number;
}

/** A change that an autoscaler made. */
interface ScaleEvent {
  readonly change: number;
  readonly at: number;
}

/** Milliseconds after which a recommendation or a change concerns nobody any more: the longest window that validation allows. */
const KEPT = 3_600_000;

/** What one autoscaler proposed and did lately (recommendations, scaleUpEvents, scaleDownEvents). */
export class ScalingHistory {
  #recommendations: Recommendation[] = [];
  #ups: ScaleEvent[] = [];
  #downs: ScaleEvent[] = [];

  /** The target's size when the autoscaler first saw it counts as its first proposal. */
  begin(replicas: number, at: number): void {
    if (this.#recommendations.length === 0) this.#recommendations.push({ replicas, at });
  }

  recommend(replicas: number, at: number): void {
    this.#recommendations = [...this.#recommendations.filter((each) => each.at >= at - KEPT), { replicas, at }];
  }

  /** Proposals from that moment on. */
  recommendationsSince(from: number): number[] {
    return this.#recommendations.filter(({ at }) => at >= from).map(({ replicas }) => replicas);
  }

  scaled(from: number, to: number, at: number): void {
    const event = { change: Math.abs(to - from), at };
    const kept = (events: ScaleEvent[]) => [...events.filter((each) => each.at >= at - KEPT), event];
    if (to > from) this.#ups = kept(this.#ups);
    else if (to < from) this.#downs = kept(this.#downs);
  }

  /** Replicas added or taken in the last so many seconds (getReplicasChangePerPeriod). */
  changed(direction: 'up' | 'down', seconds: number, now: number): number {
    const events = direction === 'up' ? this.#ups : this.#downs;
    return events.reduce((sum, { change, at }) => (at > now - seconds * 1000 ? sum + change : sum), 0);
  }
}
