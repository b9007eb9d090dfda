import { json, text } from '../http-answer.ts';
import { defineHttpProgram, flagValue, listenPort } from '../http-program.ts';
import type { ContainerContext } from '../program.ts';
import { pathOf } from '../request.ts';

/** hashicorp/http-echo: one text for every path, `/health` beside it; `-text`, `-listen`, `-status-code` (its `main.go`). */
export const httpEcho = defineHttpProgram({
  name: 'http-echo',
  images: ['docker.io/hashicorp/http-echo'],
  ports: (context) => [portOf(context)],
  greeting: (context) => [`[INFO] server is listening on :${portOf(context)}`],
  handler: ({ argv, env }) => {
    const status = Number(flagValue(argv, 'status-code') ?? 200);
    const more = ['x-app-name', 'http-echo', 'x-app-version', '1.0.0'];
    const echo = text(status, `${flagValue(argv, 'text') ?? env['ECHO_TEXT'] ?? 'hello-world'}\n`, more);
    const health = json(200, { status: 'ok' }, more);
    return (request) => (pathOf(request.url) === '/health' ? health : echo);
  },
});

function portOf({ argv }: ContainerContext): number {
  return listenPort(flagValue(argv, 'listen'), 5678);
}
