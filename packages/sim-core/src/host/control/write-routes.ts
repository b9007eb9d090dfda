import type { Response, Router } from 'express';
import type { ApplyOutcome, ControlActions, ManifestText } from '../../run/actions.ts';
import { ControlError } from '../../run/control-error.ts';
import { setReplicas } from '../../run/replicas.ts';
import { setWeight } from '../../run/weight.ts';
import type { ControlCluster, ControlView } from './engine.ts';
import { Input } from './input.ts';
import { addLessonWrites } from './lesson-routes.ts';

export interface WriteParts {
  readonly cluster: ControlCluster;
  readonly view: ControlView;
  readonly actions: ControlActions;
}

const MOST_LOADS = 16;
const HIGHEST_RATE = 10_000;
const MOST_SENT = 1000;
const MOST_REPLICAS = 10_000;
const DAY = 86_400_000;
const LONGEST_ADVANCE = 3_600_000;

/** Everything that changes something. */
export function addWriteRoutes(api: Router, parts: WriteParts): void {
  const { actions } = parts;
  api.post('/apply', ({ body }, response) => apply(actions, new Input(body), response));
  api.post('/delete', ({ body }, response) => response.json({ rev: actions.delete(readObject(new Input(body))) }));
  api.post('/reset', (_request, response) => response.json({ rev: actions.reset() }));
  api.patch('/clock', ({ body }, response) => response.json(setClock(parts.cluster, new Input(body))));
  api.post('/load', ({ body }, response) => response.json(startLoad(parts.cluster, new Input(body))));
  api.get('/load/:id', ({ params }, response) => response.json(findLoad(parts.cluster, params.id)));
  api.delete('/load/:id', ({ params }, response) => response.json(stopLoad(parts.cluster, params.id)));
  api.post('/explain', async ({ body }, response) =>
    response.json(await actions.explain(readExplain(parts.cluster, new Input(body)))),
  );
  api.post('/send', async ({ body }, response) => response.json(await send(parts, new Input(body))));
  addLessonWrites(api, actions);
  api.post('/crash', ({ body }, response) => {
    const input = new Input(body);
    response.json({ rev: actions.crash(input.optionalText('namespace', 'default'), input.text('name')) });
  });
  api.post('/scale', ({ body }, response) => {
    const input = new Input(body);
    const deployment = { namespace: input.optionalText('namespace', 'default'), name: input.text('name') };
    response.json({ rev: setReplicas(actions, deployment, input.integer('replicas', 0, MOST_REPLICAS)) });
  });
  api.patch('/weight', ({ body }, response) => {
    const input = new Input(body);
    const ingress = { namespace: input.optionalText('namespace', 'default'), name: input.text('ingress') };
    const answer = setWeight(actions, ingress, input.integer('weight', 0, Number.MAX_SAFE_INTEGER));
    if ('errors' in answer) refuse(answer.errors, response);
    else response.json(answer);
  });
}

function apply(actions: ControlActions, input: Input, response: Response): void {
  const { rev, objects, errors } = actions.apply(readTexts(input), { dryRun: input.flag('dryRun') });
  if (errors.length > 0) refuse(errors, response, { rev, objects });
  else response.json({ rev, objects });
}

/** One text, or several with their names. */
function readTexts(input: Input): ManifestText[] {
  if (!input.has('files')) return [{ text: input.text('manifests') }];
  return input.list('files').map((each) => ({
    file: each.text('file'),
    text: each.text('text'),
    ...(each.has('path') ? { path: each.text('path') } : {}),
  }));
}

/** @param done what was done nevertheless: a refused document stops no other */
function refuse(errors: ApplyOutcome['errors'], response: Response, done: Partial<ApplyOutcome> = {}): void {
  const message = errors.map((each) => each.message).join('\n');
  response.status(422).json({ message, reason: 'Invalid', errors, ...done });
}

function readObject(input: Input): Parameters<ControlActions['delete']>[0] {
  return {
    apiVersion: input.optionalText('apiVersion', ''),
    kind: input.text('kind'),
    namespace: input.optionalText('namespace', 'default'),
    name: input.text('name'),
  };
}

function setClock(cluster: ControlCluster, input: Input): { now: number; speed: number; paused: boolean } {
  const { realTime } = cluster;
  const speed = input.has('speed') ? input.number('speed', 0.01, 1000) : undefined;
  const paused = input.has('paused') ? input.flag('paused') : undefined;
  const advance = input.has('advance') ? input.duration('advance', LONGEST_ADVANCE) : 0;
  if (realTime === undefined && (speed !== undefined || paused !== undefined)) {
    throw new ControlError(409, 'this cluster runs in virtual time: it only moves by "advance"', 'Conflict');
  }
  if (speed !== undefined) realTime?.setSpeed(speed);
  if (paused !== undefined) realTime?.setPaused(paused);
  if (advance > 0) cluster.advance(advance);
  return { now: cluster.clock.now(), speed: realTime?.speed ?? 1, paused: realTime?.paused ?? true };
}

function startLoad(cluster: ControlCluster, input: Input): { id: string } {
  const load = {
    url: resolveUrl(cluster, input.url('url')),
    rate: input.number('rate', 0.1, HIGHEST_RATE),
    ...(input.has('duration') ? { duration: input.duration('duration', DAY) } : {}),
    headers: input.headers('headers'),
    newConnections: input.flag('newConnections'),
    ...(input.has('clientIp') ? { clientIp: input.address('clientIp') } : {}),
    startedBy: input.optionalText('startedBy', 'the control API'),
  };
  if (cluster.loads.running().length >= MOST_LOADS) {
    throw new ControlError(409, `${MOST_LOADS} loads run already: stop one first`, 'Conflict');
  }
  return { id: cluster.loads.start(load).id };
}

function findLoad({ loads }: ControlCluster, id: string): unknown {
  const load = loads.find(id);
  if (load === undefined) throw new ControlError(404, `no load ${id} was started`, 'NotFound');
  const { sent, answered, failed, done } = load;
  return { id, sent, answered, failed, done };
}

function stopLoad({ loads }: ControlCluster, id: string): Record<string, never> {
  if (!loads.running().some((load) => load.id === id)) throw new ControlError(404, `no load ${id} runs`, 'NotFound');
  loads.stop(id);
  return {};
}

function readExplain(cluster: ControlCluster, input: Input): Parameters<ControlActions['explain']>[0] {
  const like = input.has('like') ? { like: input.integer('like', 1, Number.MAX_SAFE_INTEGER) } : undefined;
  return {
    ...like,
    ...(input.has('method') ? { method: input.text('method') } : {}),
    ...(like !== undefined && !input.has('url') ? {} : { url: resolveUrl(cluster, input.url('url')) }),
    headers: input.headers('headers'),
  };
}

async function send({ cluster, view, actions }: WriteParts, input: Input): Promise<{ ids: readonly number[] }> {
  const url = resolveUrl(cluster, input.has('url') ? input.url('url') : 'http://LOAD_BALANCER/');
  const ids = await actions.send({
    url,
    headers: input.headers('headers'),
    count: input.integer('count', 1, MOST_SENT),
  });
  view.sample(ids);
  return { ids };
}

/** Puts the ingress load balancer's hostname in the place of `LOAD_BALANCER`. @throws ControlError 409 without one */
function resolveUrl({ edge }: ControlCluster, url: string): string {
  if (!url.includes('LOAD_BALANCER')) return url;
  const hostname = edge.ingressLoadBalancer()?.hostname;
  if (hostname === undefined) {
    throw new ControlError(
      409,
      'no load balancer stands before an ingress controller, so nothing can be sent to it',
      'Conflict',
    );
  }
  return url.replaceAll('LOAD_BALANCER', hostname);
}
