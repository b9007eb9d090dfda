// pnpm build:static: the page with its engine in it, into dist/static/.
import { join } from 'node:path';
import { buildStatic } from './build-static.ts';

await buildStatic(join(import.meta.dirname, '..', '..', 'dist', 'static'));
console.log('dist/static: serve it with any web server, such as python3 -m http.server --directory dist/static');
