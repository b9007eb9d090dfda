import type { Router } from 'express';
import type { ControlActions } from '../../run/actions.ts';
import { ControlError } from '../../run/control-error.ts';
import { Input } from './input.ts';

/** What everybody may see of the lesson of a run: hidden checks are in none of it. */
export function addLessonRoutes(api: Router, actions: ControlActions): void {
  api.get('/lesson', async (_request, response) => response.json(known((await actions.lessons()).state())));
  api.get('/lesson/result', async (_request, response) => response.json(known((await actions.lessons()).result())));
  api.get('/lessons', async (_request, response) => response.json((await actions.lessons()).list()));
}

/** Looking once more, and loading another lesson. */
export function addLessonWrites(api: Router, actions: ControlActions): void {
  api.post('/lesson/check', async (_request, response) =>
    response.json(known(await (await actions.lessons()).check())),
  );
  api.post('/lesson', async ({ body }, response) => {
    const id = new Input(body).text('id');
    response.json({ rev: (await actions.lessons()).load(id) });
  });
}

/** @throws ControlError 404 */
function known<T>(found: T | undefined): T {
  if (found === undefined)
    throw new ControlError(404, 'this run has no lesson: GET /api/v1/lessons lists them', 'NotFound');
  return found;
}
