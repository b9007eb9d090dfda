export { type InPageOptions, InPageSandbox } from './in-page/in-page-sandbox.ts';
export type { PageFile } from './in-page/scenario-files.ts';
export type { Simulated } from './in-page/simulate.ts';
export type { ControlActions } from './run/actions.ts';
export { ControlError } from './run/control-error.ts';
export { wireDeviations } from './run/deviations.ts';
export { setReplicas } from './run/replicas.ts';
export { setWeight } from './run/weight.ts';
