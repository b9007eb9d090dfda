import type { FilterPlugin } from './filter.ts';
import { nodeAffinity } from './node-affinity.ts';
import { nodePorts } from './node-ports.ts';
import { nodeResourcesFit } from './node-resources-fit.ts';
import { nodeUnschedulable } from './node-unschedulable.ts';
import { taintToleration } from './taint-toleration.ts';

/** The questions in the order in which they are asked; the first objection is a node's answer (apis/config/v1/default_plugins.go). */
export const FILTERS: readonly FilterPlugin[] = Object.freeze([
  nodeUnschedulable,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
]);
