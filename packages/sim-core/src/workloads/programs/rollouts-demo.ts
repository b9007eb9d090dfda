import { answer, html, text } from '../http-answer.ts';
import { defineHttpProgram, flagValue, listenPort } from '../http-program.ts';
import type { Handler } from '../http-server.ts';
import { imageVersion } from '../image-reference.ts';
import { delayed } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { pathOf } from '../request.ts';

/** Share of errors of a `bad-` image and delay of a `slow-` one (argoproj/rollouts-demo Makefile). */
const BAD_ERROR_RATE = 0.15;
const SLOW_LATENCY = 2000;

/** argoproj/rollouts-demo: the tag is its colour; `/color` says it, `bad-` tags fail at times, `slow-` tags take their time. */
export const rolloutsDemo = defineHttpProgram({
  name: 'rollouts-demo',
  images: ['docker.io/argoproj/rollouts-demo'],
  ports: ({ argv }) => [listenPort(flagValue(argv, 'listen-addr'), 8080)],
  greeting: () => ['Started server on :8080'],
  handler: demoHandler,
});

function demoHandler(context: ContainerContext): Handler {
  const tag = imageVersion(context.image);
  const color = context.env['COLOR'] ?? tag.replace(/^(bad|slow)-/, '');
  const isBad = tag.startsWith('bad-');
  const good = answer(200, 'application/json', `"${color}"`);
  const bad = answer(500, 'application/json', `"${color}"`);
  const page = html(
    200,
    `<!doctype html>\n<title>Argo Rollouts Demo</title>\n<body style="background:${encodeURIComponent(color)}"><h1>${encodeURIComponent(color)}</h1>\n`,
  );
  return (request) => {
    const path = pathOf(request.url);
    if (path !== '/color') return path === '/' ? page : text(404, '404 page not found\n');
    const result = isBad && context.chance.next() < BAD_ERROR_RATE ? bad : good;
    return delayed(context.clock, tag.startsWith('slow-') ? SLOW_LATENCY : 0, (answer) => answer(result));
  };
}
