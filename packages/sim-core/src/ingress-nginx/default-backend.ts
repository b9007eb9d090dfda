import { headerValue, type Workload } from '../workloads/workload.ts';
import { errorPage, wantsPadding } from './nginx/error-page.ts';

/** The controller's own default backend and health endpoint: 200 for the health check, 404 for everything else (nginx.tmpl, the server on --default-server-port). */
export function defaultBackend(healthCheckPath: string): Workload {
  const page = errorPage(404, false, false);
  const padded = errorPage(404, false, true);
  const head = (body: string) => Object.freeze(['Content-Type', 'text/html', 'Content-Length', String(body.length)]);
  const pageHead = head(page);
  const paddedHead = head(padded);
  const emptyHead = Object.freeze(['Content-Type', 'text/html', 'Content-Length', '0']);
  return {
    http: ({ url, headers }, response) => {
      const isHealth = url === healthCheckPath || url.startsWith(`${healthCheckPath}?`);
      const isPadded = !isHealth && wantsPadding(headerValue(headers, 'user-agent'));
      response.writeHead(isHealth ? 200 : 404, isHealth ? emptyHead : isPadded ? paddedHead : pageHead);
      response.end(isHealth ? undefined : isPadded ? padded : page);
    },
  };
}
