import type { NodeInfo, PodInfo } from '../node-info.ts';

/** Why a node is out of the question, in the scheduler's words. */
export interface Rejection {
  readonly reasons: readonly string[];
  /** Taking other pods away would not help (fwk.UnschedulableAndUnresolvable). */
  readonly unresolvable: boolean;
}

/** One question to a node. Undefined: no objection. */
export interface FilterPlugin {
  readonly name: string;
  filter(pod: PodInfo, node: NodeInfo): Rejection | undefined;
}
