/** What the page without a server runs: the engine, and the canary cluster of its own tests. */
export { CanaryCluster } from '../../packages/sim-core/src/cluster/testing/canary-cluster.ts';
