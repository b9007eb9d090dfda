import { type Answer, answer, text } from '../http-answer.ts';
import { imageVersion } from '../image-reference.ts';
import { withBody } from '../late-answer.ts';
import type { ContainerContext, Program, RunningProgram } from '../program.ts';
import type { FastcgiRequest, HttpResponse, Workload } from '../workload.ts';

/** Port of FastCGI. */
const PORT = 9000;
/** php-fpm runs nothing else (security.limit_extensions). */
const SCRIPT = /\.(php|phar)$/;
const HTML = 'text/html; charset=UTF-8';

/**
 * php-fpm: FastCGI on port 9000. No PHP runs: a script answers with the parameters and the body that it was given. Without
 * SCRIPT_FILENAME there is an empty page, as everybody sees it who forgets that parameter. The Scenario makes one of any image with
 * `program: php-fpm`.
 */
export const phpFpm: Program = Object.freeze({
  name: 'php-fpm',
  images: Object.freeze([
    'docker.io/library/*:*fpm*',
    'docker.io/bitnami/php-fpm',
    '*/ingress-nginx/e2e-test-fastcgi-helloserver',
  ]),
  start,
});

function start(context: ContainerContext): RunningProgram {
  const ports = context.behaviour.ports ?? [PORT];
  let requests = 0;
  const workload: Workload = {
    fastcgi: (request, response) => {
      requests++;
      serve(context, request, response);
    },
  };
  context.log('NOTICE: fpm is running, pid 1');
  context.log('NOTICE: ready to handle connections');
  return { listener: (port) => (ports.includes(port) ? workload : undefined), requests: () => requests };
}

function serve(context: ContainerContext, request: FastcgiRequest, response: HttpResponse): void {
  const params = paramsOf(request);
  withBody(request, (body) => run(context, params, body))(({ status, headers, body, bytes }) => {
    if (response.closed) return;
    response.writeHead(status, headers);
    response.end(params.get('REQUEST_METHOD') === 'HEAD' ? undefined : body, bytes);
    context.log(
      `- ${params.get('REMOTE_ADDR')} "${params.get('REQUEST_METHOD')} ${params.get('SCRIPT_NAME')}" ${status}`,
    );
  });
}

function run({ image }: ContainerContext, params: ReadonlyMap<string, string>, body: string): Answer {
  if (image.repository.endsWith('fastcgi-helloserver')) return text(200, 'Hello world!');
  const version = /^\d+(\.\d+)*/.exec(imageVersion(image))?.[0];
  const powered = ['x-powered-by', version === undefined ? 'PHP' : `PHP/${version}`];
  const script = params.get('SCRIPT_FILENAME') ?? '';
  if (script === '') return answer(200, HTML, '', powered);
  if (!SCRIPT.test(script)) return answer(403, HTML, 'Access denied.\n', powered);
  const lines = [...params].map(([name, value]) => `${name}=${value}\n`);
  return text(200, `${lines.join('')}${body === '' ? '' : `\n${body}`}`, powered);
}

/** Of a parameter that came twice the last counts. */
function paramsOf({ params }: FastcgiRequest): Map<string, string> {
  const byName = new Map<string, string>();
  for (let i = 0; i < params.length; i += 2) byName.set(params[i] as string, params[i + 1] as string);
  return byName;
}
