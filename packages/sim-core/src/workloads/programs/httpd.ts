import { defineHttpProgram } from '../http-program.ts';
import { imageVersion } from '../image-reference.ts';
import { welcomeAnswer } from './welcome-page.ts';

/** Apache httpd out of the box: `It works!` on port 80. */
export const httpd = defineHttpProgram({
  name: 'httpd',
  images: ['*/library/httpd'],
  ports: () => [80],
  greeting: () => ['AH00094: Command line: httpd -D FOREGROUND'],
  handler: ({ image }) => {
    const version = /^\d+\.\d+(\.\d+)?/.exec(imageVersion(image))?.[0];
    const server = `Apache${version === undefined ? '' : `/${version}`} (Unix)`;
    const welcome = '<html><body><h1>It works!</h1></body></html>\n';
    const notFound = '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n';
    return (request) => welcomeAnswer(request, server, welcome, notFound);
  },
});
