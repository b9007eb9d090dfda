// Runs the CommonJS bundle in dist/ with V8's code cache, which spares parsing and compiling at every start
// (docs/decisions/0002-one-bundle.md has the figures).
import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';

/** @typedef {{main(argv: string[]): Promise<number>, gradeInWorker(order: unknown): Promise<void>}} Bundle */

/**
 * Where the code cache of one bundle file lives: per Node version and processor, because V8 accepts no other's.
 *
 * @param {string} dist
 * @param {string} file an absolute path
 */
export function codeCachePath(dist, file) {
  const name = relative(dist, file).replaceAll(/[\\/]/g, '-');
  return join(dist, 'code-cache', `${name}.${process.version}-${process.arch}.cache`);
}

/**
 * The entry of the finished build, as dist/build.json names it.
 *
 * @param {string} dist
 * @returns {string} an absolute path
 */
export function entryOf(dist) {
  return join(dist, JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')).entry);
}

/**
 * Loads the bundle the fastest way this Node knows.
 *
 * @param {string} dist
 * @returns {Bundle} what the entry exports
 */
export function loadBundle(dist) {
  const entry = entryOf(dist);
  const enableCompileCache = 'enableCompileCache' in nodeModule ? nodeModule.enableCompileCache : undefined;
  if (typeof enableCompileCache === 'function' && !existsSync(codeCachePath(dist, entry))) {
    // Built by another Node: from 22.1 on, Node keeps a cache itself, from the second start on.
    enableCompileCache(join(dist, 'code-cache'));
    return nodeModule.createRequire(entry)(entry);
  }
  return runScripts(dist, entry).exports;
}

/**
 * Runs the entry and, as they are required, its chunks. A code cache that V8 rejects only costs its time.
 *
 * @param {string} dist
 * @param {string} entry an absolute path
 * @returns {{exports: Bundle, scripts: Map<string, Script>}} what the entry exports, and
 *   the compiled script of every file loaded so far, from which the build writes the code cache
 */
export function runScripts(dist, entry) {
  const nativeRequire = nodeModule.createRequire(entry);
  /** @type {Map<string, Script>} */
  const scripts = new Map();
  /** @type {Map<string, {exports: any}>} */
  const modules = new Map();
  const load = (/** @type {string} */ file) => {
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const script = compile(dist, file);
    scripts.set(file, script);
    // Chunks find each other here, not through Node's loader, which would run the entry a second time.
    const require = (/** @type {string} */ id) =>
      id.startsWith('.') ? load(join(dirname(file), id)) : nativeRequire(id);
    script.runInThisContext()(module.exports, require, module, file, dirname(file));
    return module.exports;
  };
  return { exports: load(entry), scripts };
}

/**
 * The bundle is all ASCII (scripts/build/ascii.ts): read as Latin-1, its bytes are its characters.
 *
 * @param {string} dist
 * @param {string} file
 */
function compile(dist, file) {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  const cache = codeCachePath(dist, file);
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  return new Script(source, { filename: file, cachedData });
}
