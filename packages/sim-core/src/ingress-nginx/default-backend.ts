import type { Workload } from '../workloads/workload.ts';
import { errorPage } from './nginx/error-page.ts';

/** The controller's own default backend and health endpoint: 200 for /healthz, 404 for everything else (nginx.tmpl, port 8181). */
export function defaultBackend(): Workload {
  const page = errorPage(404, false, false);
  const pageHead = Object.freeze(['Content-Type', 'text/html', 'Content-Length', String(page.length)]);
  const emptyHead = Object.freeze(['Content-Type', 'text/html', 'Content-Length', '0']);
  return {
    http: ({ url }, response) => {
      const isHealth = url === '/healthz' || url.startsWith('/healthz?');
      response.writeHead(isHealth ? 200 : 404, isHealth ? emptyHead : pageHead);
      response.end(isHealth ? undefined : page);
    },
  };
}
