export { INGRESS_NGINX_ADDON } from './addons/ingress-nginx.ts';
export type { KubeObject } from './apimachinery/object-meta.ts';
export { Cluster, type ClusterOptions, createCluster } from './cluster.ts';
export type { EdgeConnection, EdgeRefusal, EdgeTarget } from './cluster/edge-connection.ts';
export type { EdgeClient, EdgeLoadBalancer } from './cluster/edge.ts';
export type { ApplyOutcome, ApplyProblem, ObjectReference } from './cluster/manifests.ts';
export type { Waiting } from './cluster/settled.ts';
export { defaultSettings, readSettings, SANDBOX_API_VERSION, type ScenarioSettings } from './scenario/settings.ts';
export { formatTime, VIRTUAL_EPOCH } from './sim/clock.ts';
