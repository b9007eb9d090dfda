import { version } from '../version.ts';

/** What results name as their maker. */
export const ENGINE = `k8s-ingress-sandbox ${version}`;
