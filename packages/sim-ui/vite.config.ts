import { defineConfig } from 'vite';

/** Browsers that have `light-dark()`, nesting and logical properties: nothing of the style sheets is rewritten. */
const BROWSERS = ['chrome123', 'firefox121', 'safari17.5'];

/** The page. It is served under a strict Content-Security-Policy: nothing inline, no data: URLs. */
export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  // Whatever NODE_ENV says: a built page tells nobody where it was built.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: command === 'serve' } },
  build: {
    target: 'es2022',
    cssTarget: BROWSERS,
    outDir: '../../dist/ui',
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
}));
