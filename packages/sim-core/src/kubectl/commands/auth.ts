import type { KubectlCommand, KubectlContext } from '../context.ts';
import { at, object, text, texts } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { printerFor } from '../output/printer.ts';
import { TABLE_TABS, tabbed } from '../output/tabwriter.ts';
import type { ApiResource } from '../resources.ts';

/** `kubectl auth can-i` and `auth whoami` (kubectl/pkg/cmd/auth). */
export const auth: KubectlCommand = {
  flags: {
    'all-namespaces': { type: 'bool', short: 'A' },
    quiet: { type: 'bool', short: 'q' },
    subresource: { type: 'string', default: '' },
    list: { type: 'bool' },
    output: { type: 'string', short: 'o', default: '' },
  },
  async run(context) {
    const [what = '', ...args] = context.args;
    if (what === 'can-i') return canI(context, args);
    if (what === 'whoami') return whoami(context);
    throw failure(`this built-in kubectl has no \`auth ${what}\`, only auth can-i and auth whoami`);
  },
};

/** Verbs that can-i knows (kubectl/pkg/cmd/auth/cani.go). */
const VERBS: ReadonlySet<string> = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  ),
);

async function canI(context: KubectlContext, args: readonly string[]): Promise<number> {
  const { flags, client } = context;
  const [verb, word = ''] = args;
  if (flags.is('list')) throw failure('this built-in kubectl has no auth can-i --list');
  if (verb === undefined || args.length > 2 || args.length < 2) {
    throw failure(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const spec = word.startsWith('/')
    ? { nonResourceAttributes: { path: word, verb } }
    : await attributes(context, verb, word);
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
  const answer = await client.create({ resource: REVIEWS.access, namespace: '' }, review);
  const allowed = at(answer, 'status', 'allowed') === true;
  const reason = text(answer, 'status', 'reason');
  if (!flags.is('quiet')) context.out(allowed ? 'yes' : `no${reason === '' ? '' : ` - ${reason}`}`);
  return allowed ? 0 : 1;
}

async function attributes(context: KubectlContext, verb: string, word: string) {
  const { flags } = context;
  const [type = '', name] = word.split('/');
  const mapper = await context.mapper();
  const resource = mapper.find(type);
  if (resource === undefined && type !== '*') {
    context.err(`Warning: the server doesn't have a resource type '${type}'`);
    context.err('');
  }
  if (resource !== undefined && !resource.namespaced) {
    context.err(
      `Warning: resource '${resource.name}' is not namespace scoped${resource.group === '' ? '' : ` in group '${resource.group}'`}`,
    );
    context.err('');
  }
  if (!VERBS.has(verb)) {
    context.err(`Warning: verb '${verb}' is not a known verb`);
    context.err('');
  }
  const namespace = flags.is('all-namespaces') ? '' : context.namespace;
  return {
    resourceAttributes: {
      namespace,
      verb,
      group: resource?.group ?? '',
      resource: resource?.name ?? type,
      subresource: flags.text('subresource'),
      name: name ?? '',
    },
  };
}

async function whoami(context: KubectlContext): Promise<number> {
  const { environment, client, flags } = context;
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const answer = await client.create({ resource: REVIEWS.self, namespace: '' }, review);
  const print = printerFor(flags.text('output'), () => '');
  if (print !== undefined) {
    environment.stdout(print(answer));
    return 0;
  }
  const user = object(answer, 'status', 'userInfo');
  const extra = Object.entries(object(user, 'extra')).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = [
    ['ATTRIBUTE', 'VALUE'],
    ['Username', text(user, 'username')],
    ...(text(user, 'uid') === '' ? [] : [['UID', text(user, 'uid')]]),
    ['Groups', `[${texts(user, 'groups').join(' ')}]`],
    ...extra.map(([key, values]) => [`Extra: ${key}`, `[${(values as string[]).join(' ')}]`]),
  ];
  environment.stdout(`${tabbed(rows.map((row) => row.join('\t')).join('\n'), TABLE_TABS)}\n`);
  return 0;
}

const review = (group: string, name: string, kind: string): ApiResource => ({
  group,
  version: 'v1',
  name,
  singular: '',
  kind,
  namespaced: false,
  shortNames: [],
  categories: [],
  verbs: ['create'],
});
const REVIEWS = Object.freeze({
  access: review('authorization.k8s.io', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview'),
  self: review('authentication.k8s.io', 'selfsubjectreviews', 'SelfSubjectReview'),
});
