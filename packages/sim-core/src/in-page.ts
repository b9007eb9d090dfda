export { type InPageOptions, InPageSandbox } from './in-page/in-page-sandbox.ts';
export type { PageFile } from './in-page/scenario-files.ts';
export type { Simulated } from './in-page/simulate.ts';
