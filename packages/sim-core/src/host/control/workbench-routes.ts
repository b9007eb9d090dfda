import type { Response, Router } from 'express';
import type { ControlActions } from '../../run/actions.ts';
import { ControlError } from '../../run/control-error.ts';
import type { KubectlOutput } from '../../wire.ts';
import { Input, queryText } from './input.ts';

const MOST_WORDS = 500;

/** What the page's editor and terminal ask for. */
export function addWorkbenchRoutes(api: Router, { actions }: { actions: ControlActions }): void {
  api.post('/save', ({ body }, response) => {
    const input = new Input(body);
    actions.save(input.text('file'), input.text('text'));
    response.json({});
  });
  api.get('/kubectl', async (_request, response) => response.json(await actions.kubectlCommands()));
  api.post('/kubectl', ({ body }, response) =>
    runKubectl(actions, new Input(body).texts('argv', MOST_WORDS), response),
  );
  api.get('/annotations', (_request, response) => response.json(actions.annotations()));
  api.get('/schemas', async ({ query }, response) => {
    const groupVersion = queryText(query['groupVersion']);
    if (groupVersion === undefined)
      throw new ControlError(400, 'groupVersion: name one, such as apps/v1', 'BadRequest');
    response.json(await actions.schemas(groupVersion));
  });
}

/** One JSON object a line, for as long as the command runs; it ends when its reader goes. */
async function runKubectl(actions: ControlActions, argv: readonly string[], response: Response): Promise<void> {
  const leaving = new AbortController();
  response.on('close', () => leaving.abort());
  response.type('application/x-ndjson');
  const say = (output: KubectlOutput): boolean =>
    !response.writableEnded && response.write(`${JSON.stringify(output)}\n`);
  const exit = await actions.kubectl(argv, {
    signal: leaving.signal,
    stdout: (out) => void say({ out }),
    stderr: (err) => void say({ err }),
  });
  say({ exit });
  response.end();
}
