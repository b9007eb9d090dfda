export { backendPod as testPod } from '../../conformance/ingress-nginx/backends.ts';
