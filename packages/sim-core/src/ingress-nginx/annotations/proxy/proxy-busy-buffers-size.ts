import { defineAnnotation } from '../define-annotation.ts';
import { parseSize } from '../parsers.ts';

export const proxyBusyBuffersSize = defineAnnotation({
  name: 'proxy-busy-buffers-size',
  summary: 'How much of the buffers may be on its way to the client while the answer is not read to its end.',
  default: '',
  example: '16k',
  scope: 'location',
  risk: 'Low',
  fidelity: {
    accepted:
      'How nginx shares its buffers between reading and writing shows in no answer; sizes that nginx refuses are refused.',
  },
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSize,
  apply: (value, directives) => {
    directives.location.proxyBusyBuffersSize = value;
  },
});
