import type { KubectlCommand } from '../context.ts';
import { failure } from '../kubectl-error.ts';

/** What of `kubectl config` only reads. */
export const config: KubectlCommand = {
  flags: {
    minify: { type: 'bool' },
    raw: { type: 'bool' },
    flatten: { type: 'bool' },
    output: { type: 'string', short: 'o', default: 'yaml' },
  },
  async run(context) {
    const { environment, args } = context;
    const [what = ''] = args;
    if (what === 'current-context') context.out(environment.context);
    else if (what === 'view')
      environment.stdout(context.flags.is('raw') ? environment.kubeconfig : redacted(environment.kubeconfig));
    else throw failure(`this built-in kubectl has no \`config ${what}\`; it always speaks to the sandbox`);
    return 0;
  },
};

/** Secrets are not shown (client-go clientcmd/api ShortenConfig, RedactSecrets). */
function redacted(kubeconfig: string): string {
  return kubeconfig
    .replace(/(certificate-authority-data: ).*/g, '$1DATA+OMITTED')
    .replace(/(token: ).*/g, '$1REDACTED');
}
