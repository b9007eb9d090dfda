import { html } from '../http-answer.ts';
import { declaredPorts, defineHttpProgram } from '../http-program.ts';
import { type ImageReference, imageVersion } from '../image-reference.ts';
import { nginxPlainHttp } from '../plain-http.ts';
import type { ContainerContext } from '../program.ts';
import { fromDocumentRoot } from './document-root.ts';
import { welcomeAnswer } from './welcome-page.ts';

/** The image that runs without root listens on 8080, all others on 80. */
const UNPRIVILEGED: readonly string[] = Object.freeze(['nginxinc/nginx-unprivileged', 'bitnami/nginx']);

const ROOT = '/usr/share/nginx/html';
const WELCOME = page('Welcome to nginx!', 'This web server runs and waits for its configuration.');
const NGINX_CONF = `user  nginx;
worker_processes  auto;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;
    sendfile        on;
    keepalive_timeout  65;
    include /etc/nginx/conf.d/*.conf;
}
`;

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
  plainHttp: ({ image }) => nginxPlainHttp(serverOf(image)),
  greeting: (context) => [
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    `start worker processes${portHint(context)}`,
  ],
  files: ({ image }) => ({
    [`${ROOT}/index.html`]: WELCOME,
    '/etc/nginx/nginx.conf': NGINX_CONF,
    '/etc/nginx/conf.d/default.conf': defaultConf(UNPRIVILEGED.includes(image.repository) ? 8080 : 80),
  }),
  handler: (context) => {
    const server = serverOf(context.image);
    const notFound = page('404 Not Found', server);
    return (request) => {
      const found = fromDocumentRoot(context, ROOT, server, request);
      if (found === 'missing') return html(404, notFound, ['server', server]);
      if (found === 'forbidden') return html(403, page('403 Forbidden', server), ['server', server]);
      return found ?? welcomeAnswer(request, server, WELCOME, notFound);
    };
  },
});

function serverOf(image: ImageReference): string {
  const version = /^\d+\.\d+(\.\d+)?/.exec(imageVersion(image))?.[0];
  return version === undefined ? 'nginx' : `nginx/${version}`;
}

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

function defaultConf(port: number): string {
  return `server {
    listen       ${port};
    server_name  localhost;

    location / {
        root   ${ROOT};
        index  index.html index.htm;
    }
}
`;
}
