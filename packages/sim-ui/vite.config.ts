import { defineConfig } from 'vite';

/** Browsers that have `light-dark()`, nesting and logical properties: nothing of the style sheets is rewritten. */
const BROWSERS = ['chrome123', 'firefox121', 'safari17.5'];

/**
 * Small panels and dialogs that come when somebody opens one: together they are compressed better than each for itself. None
 * of them is needed by what the page begins with, nor by the editor.
 */
const PANELS =
  /src\/(panels\/((object|events|problems|logs|nginx)-panel)|lesson\/(lesson-panel|lessons-dialog|grade-panel|confirm-lesson|progress-form|evidence-words|result-mark|save-as)|share\/(share-dialog|classroom-link|copy-line)|commands\/keys-dialog|limits\/|classroom\/|objects\/|chart\/traffic-chart|terminal\/terminal-panel|app\/(settings-)?dialog)\b/;

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
    rolldownOptions: {
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'panels', test: PANELS }] },
      },
    },
  },
}));
