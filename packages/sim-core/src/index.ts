export type { KubeObject } from './apimachinery/object-meta.ts';
export { Cluster, type ClusterOptions, createCluster } from './cluster.ts';
export { defaultSettings, readSettings, type ScenarioSettings } from './scenario/settings.ts';
export { formatTime, VIRTUAL_EPOCH } from './sim/clock.ts';
