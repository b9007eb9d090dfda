import { defineConfig } from 'vite';

/** The command line with all its dependencies, for Node. dist/build.json says which file is the entry. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: '../../dist/cli',
    emptyOutDir: false,
    minify: 'oxc',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // CommonJS, because V8's code cache reaches it on Node 20 as well; a dynamic import() becomes a lazy require.
        format: 'cjs',
        // Of Node's own modules too: a script from the code cache has no loader for import().
        dynamicImportInCjs: false,
        // Names stay, for the stack traces of bug reports; shorter ones start no faster.
        minify: { compress: true, mangle: false, codegen: true },
        // Every name carries its content, so a running sandbox keeps finding its own chunks after a rebuild.
        entryFileNames: 'main-[hash].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        // What every start needs is one file; other commands, doctor and explain have their own.
        codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
      },
    },
  },
});
