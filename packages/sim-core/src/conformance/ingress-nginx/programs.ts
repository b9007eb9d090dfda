import type { Workload } from '../../workloads/workload.ts';

const AUTH_STATUSES: Readonly<Record<string, number>> = Object.freeze({ '/ok': 200, '/no': 401, '/forbidden': 403 });

/** What the auth-url of vectors asks: `/ok` lets in as alice, `/no` is 401, `/forbidden` 403, anything else 500. */
const AUTH_SERVICE: Workload = {
  http: ({ url }, response) => {
    response.writeHead(AUTH_STATUSES[url.split('?')[0] ?? ''] ?? 500, ['X-User', 'alice', 'Content-Length', '0']);
    response.end();
  },
};

/** Where the mirror of vectors sends copies to. */
const MIRROR: Workload = {
  http: (_request, response) => {
    response.writeHead(200, ['Content-Length', '0']);
    response.end();
  },
};

/** Programs outside of the cluster that vectors name by address. */
export const PROGRAMS: Readonly<Record<string, Workload>> = Object.freeze({
  '127.0.0.1:19998': AUTH_SERVICE,
  '127.0.0.1:19999': MIRROR,
});
