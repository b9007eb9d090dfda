import { formatTrace } from '../../explain/text.ts';
import type { RequestTrace } from '../../wire.ts';
import type { Command } from '../command.ts';
import { callControl, findSandbox } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { headersOf } from '../request-flags.ts';

const FLAGS = {
  method: { type: 'text', default: 'GET', help: 'method of the request' },
  header: { type: 'list', value: 'NAME:VALUE', help: 'a request header; may be given several times' },
  cookie: { type: 'list', value: 'NAME=VALUE', help: 'a cookie' },
  name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

export const explain: Command = {
  name: 'explain',
  usage: '<url|request id>',
  summary: 'Says why a request goes where it goes, step by step.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [what] = positionals;
    if (what === undefined)
      throw new CliError(EXIT.usage, 'explain needs a URL, or the id of a request (header X-Sandbox-Request)');
    const sandbox = findSandbox(flags.name);
    const request = { method: flags.method, url: what, headers: headersOf(flags.header, flags.cookie) };
    const { status, body } = /^\d+$/.test(what)
      ? await callControl<RequestTrace & { message?: string }>(sandbox, 'GET', `/api/v1/traces/${what}`)
      : await callControl<RequestTrace & { message?: string }>(sandbox, 'POST', '/api/v1/explain', request);
    if (status !== 200)
      throw new CliError(status === 501 ? EXIT.usage : EXIT.refused, body.message ?? `the sandbox answered ${status}`);
    output.out(flags.output === 'json' ? JSON.stringify(body) : formatTrace(body));
    return EXIT.ok;
  },
};
