import { declaredPorts, defineHttpProgram } from '../http-program.ts';
import { imageVersion } from '../image-reference.ts';
import type { ContainerContext } from '../program.ts';
import { welcomeAnswer } from './welcome-page.ts';

/** The image that runs without root listens on 8080, all others on 80. */
const UNPRIVILEGED: readonly string[] = Object.freeze(['nginxinc/nginx-unprivileged', 'bitnami/nginx']);

/** nginx out of the box: a welcome page on port 80. */
export const nginx = defineHttpProgram({
  name: 'nginx',
  images: [
    '*/library/nginx',
    'docker.io/nginxinc/nginx-unprivileged',
    'docker.io/bitnami/nginx',
    '*/google_containers/nginx',
  ],
  ports: ({ image }) => [UNPRIVILEGED.includes(image.repository) ? 8080 : 80],
  greeting: (context) => [
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    `start worker processes${portHint(context)}`,
  ],
  handler: ({ image }) => {
    const version = /^\d+\.\d+(\.\d+)?/.exec(imageVersion(image))?.[0];
    const server = version === undefined ? 'nginx' : `nginx/${version}`;
    const welcome = page('Welcome to nginx!', 'This web server runs and waits for its configuration.');
    const notFound = page('404 Not Found', server);
    return (request) => welcomeAnswer(request, server, welcome, notFound);
  },
});

function portHint(context: ContainerContext): string {
  const wrong = declaredPorts(context).filter((port) => port !== 80 && port !== 8080);
  return wrong.length > 0
    ? ` (declared containerPort ${wrong.join(', ')} changes nothing: nginx listens where its configuration says)`
    : '';
}

function page(title: string, sentence: string): string {
  return `<!DOCTYPE html>
<html>
<head><title>${title}</title></head>
<body>
<h1>${title}</h1>
<p>${sentence}</p>
</body>
</html>
`;
}
