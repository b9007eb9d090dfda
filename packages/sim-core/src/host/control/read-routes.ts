import type { Request, Response, Router } from 'express';
import type { ControlActions } from '../../run/actions.ts';
import { ControlError } from '../../run/control-error.ts';
import { version } from '../../version.ts';
import type { NginxConf, PastState } from '../../wire.ts';
import { readDeviationsFile } from './deviations.ts';
import type { ControlView } from './engine.ts';
import { queryNumber, queryText } from './input.ts';
import { addLessonRoutes } from './lesson-routes.ts';
import type { SnapshotCache } from './snapshot-cache.ts';

/** What one list answers at most, and unless it is asked for more. */
const MOST = 5000;
const USUAL = 100;
const NEWEST = Number.MAX_SAFE_INTEGER;

/** What everybody who may look can see, viewers of a classroom too. */
export function addViewRoutes(
  api: Router,
  {
    view,
    actions,
    snapshots,
    deviationsFile,
  }: { view: ControlView; actions: ControlActions; snapshots: SnapshotCache; deviationsFile: string },
): void {
  api.get('/snapshot', (request, response) => sendSnapshot(snapshots, request, response));
  api.get('/split', (_request, response) => response.json(view.split()));
  api.get('/traces', ({ query }, response) =>
    response.json(view.traces(queryNumber(query['limit'], USUAL, MOST), queryNumber(query['until'], NEWEST, NEWEST))),
  );
  api.get('/history/:id', ({ params }, response) => response.json(findStep(view, params.id)));
  api.get('/traces/:id', async (request, response) => response.json(await findTrace(actions, request.params.id)));
  api.get('/events', (request, response) =>
    response.json(view.events(queryNumber(request.query['limit'], USUAL, MOST))),
  );
  api.get('/version', (_request, response) =>
    response.json({ version, engine: view.engine, epoch: view.epoch, pid: process.pid }),
  );
  api.get('/deviations', async (_request, response) => response.json(await readDeviationsFile(deviationsFile)));
  addLessonRoutes(api, actions);
}

/** What only the sandbox's own user reads: it can hold keys of certificates. */
export function addOwnRoutes(api: Router, { actions }: { actions: ControlActions }): void {
  api.get('/files', (_request, response) => response.json(actions.files()));
  api.get('/export', (_request, response) => response.json({ manifests: actions.export() }));
  api.get('/nginx-conf', async ({ query }, response) => response.json(await findConf(actions, query)));
}

async function sendSnapshot(snapshots: SnapshotCache, request: Request, response: Response): Promise<void> {
  const snapshot = snapshots.get();
  response.set({ ETag: snapshot.tag, Vary: 'Accept-Encoding', 'Cache-Control': 'no-cache' });
  if (request.headers['if-none-match'] === snapshot.tag) return void response.status(304).end();
  response.type('application/json');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return void response.send(snapshot.json);
  const body = await snapshot.gzipped();
  response.set('Content-Encoding', 'gzip').send(body);
}

function findStep(view: ControlView, id: string): PastState {
  const past = /^\d{1,15}$/.test(id) ? view.past(Number(id)) : undefined;
  if (past === undefined) throw new ControlError(410, `step ${id} of the timeline is forgotten`, 'Gone');
  return past;
}

async function findTrace(actions: ControlActions, id: string): Promise<unknown> {
  const trace = /^\d{1,15}$/.test(id) ? await actions.trace(Number(id)) : undefined;
  if (trace === 'evicted') throw new ControlError(410, `request ${id} is forgotten: newer ones took its place`, 'Gone');
  if (trace === undefined) throw new ControlError(404, `no request ${id} has been answered`, 'NotFound');
  return trace;
}

const LARGEST_PORT = 65_535;

async function findConf(actions: ControlActions, query: Request['query']): Promise<NginxConf> {
  const port = (name: string) =>
    query[name] === undefined ? undefined : queryNumber(query[name], LARGEST_PORT, LARGEST_PORT);
  const [httpPort, httpsPort] = [port('http-port'), port('https-port')];
  const host = queryText(query['host']);
  const conf = await actions.nginxConf({
    refused: query['refused'] === 'true',
    files: query['files'] === 'true',
    ...(host === undefined ? {} : { host }),
    ...(httpPort === undefined ? {} : { httpPort }),
    ...(httpsPort === undefined ? {} : { httpsPort }),
  });
  if (conf === undefined) throw new ControlError(404, 'no ingress controller runs', 'NotFound');
  return conf;
}
