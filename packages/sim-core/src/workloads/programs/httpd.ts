import { defineHttpProgram } from '../http-program.ts';
import { type ImageReference, imageVersion } from '../image-reference.ts';
import { apachePlainHttp } from '../plain-http.ts';
import { welcomeAnswer } from './welcome-page.ts';

/** Apache httpd out of the box: `It works!` on port 80. */
export const httpd = defineHttpProgram({
  name: 'httpd',
  images: ['*/library/httpd'],
  ports: () => [80],
  plainHttp: ({ image }) => apachePlainHttp(serverOf(image)),
  greeting: () => ['AH00094: Command line: httpd -D FOREGROUND'],
  handler: ({ image }) => {
    const server = serverOf(image);
    const welcome = '<html><body><h1>It works!</h1></body></html>\n';
    const notFound = '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n';
    return (request) => welcomeAnswer(request, server, welcome, notFound);
  },
});

function serverOf(image: ImageReference): string {
  const version = /^\d+\.\d+(\.\d+)?/.exec(imageVersion(image))?.[0];
  return `Apache${version === undefined ? '' : `/${version}`} (Unix)`;
}
