/** The product's version, as the root package.json says it; the build inlines it. */
export { version } from '../../../package.json';
