export { echoOf } from '../../conformance/ingress-nginx/backends.ts';
