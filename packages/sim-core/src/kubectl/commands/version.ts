import type { KubectlCommand } from '../context.ts';
import { text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { goYaml } from '../output/go-yaml.ts';

/** As which kubectl this one behaves. */
const CLIENT = Object.freeze({ major: '1', minor: '33', gitVersion: 'v1.33.3' });
const KUSTOMIZE = 'v5.6.0';

/** `kubectl version` (kubectl/pkg/cmd/version/version.go). */
export const version: KubectlCommand = {
  flags: { client: { type: 'bool' }, output: { type: 'string', short: 'o', default: '' } },
  async run(context) {
    const { flags, environment } = context;
    const output = flags.text('output');
    if (!['', 'json', 'yaml'].includes(output)) throw failure("--output must be 'yaml' or 'json'");
    const server = flags.is('client')
      ? undefined
      : await context.client.send({ method: 'GET', path: '/version?timeout=32s' });
    const all = {
      clientVersion: CLIENT,
      kustomizeVersion: KUSTOMIZE,
      ...(server === undefined ? {} : { serverVersion: server }),
    };
    if (output === 'json') environment.stdout(`${JSON.stringify(all, null, 2)}\n`);
    else if (output === 'yaml') environment.stdout(goYaml(all));
    else {
      context.out(`Client Version: ${CLIENT.gitVersion}`);
      context.out(`Kustomize Version: ${KUSTOMIZE}`);
      if (server !== undefined) context.out(`Server Version: ${text(server, 'gitVersion')}`);
    }
    return 0;
  },
};
