import { defineAnnotation } from '../define-annotation.ts';
import { parseOffset } from '../parsers.ts';

/** What nginx takes where it is told nothing. */
const NGINX_MAX_TEMP_FILE_SIZE = 1024 ** 3;

export const proxyMaxTempFileSize = defineAnnotation({
  name: 'proxy-max-temp-file-size',
  summary: 'How much of an answer may wait in a file with proxy-buffering; 0 for nothing.',
  default: '1024m',
  example: '"0"',
  scope: 'location',
  risk: 'Low',
  fidelity: { partial: 'There are no files: what waits is kept in memory, up to 16 MiB for each answer.' },
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseOffset,
  apply: (value, directives) => {
    directives.location.proxyMaxTempFileSize = Number.isNaN(value) ? NGINX_MAX_TEMP_FILE_SIZE : value;
  },
});
