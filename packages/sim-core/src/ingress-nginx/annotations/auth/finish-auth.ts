import type { AnnotationLookup, Finish, FinishProblem } from '../lookup.ts';

/**
 * The password file of a Secret of the same namespace; a location whose file cannot be read is denied
 * (internal/ingress/annotations/auth/main.go).
 */
export const finishAuth: Finish = ({ location, auth }, lookup) => {
  if (auth.type === '') return undefined;
  if (auth.secret === '') return denied('auth-secret', 'error reading secret name from annotation');
  if (lookup === undefined) return undefined;
  const lines = readUsers(auth, lookup);
  if (typeof lines === 'string') return denied('auth-secret', lines);
  location.authBasic = { type: auth.type, realm: auth.realm, users: lines };
  return undefined;
};

function denied(annotation: string, reason: string): FinishProblem {
  return { annotation, reason, effect: 'deny' };
}

/** Lines of the file, or why there are none. */
function readUsers(
  { secret, secretType }: { secret: string; secretType: string },
  lookup: AnnotationLookup,
): readonly string[] | string {
  const [name = '', namespace = lookup.namespace] = secret.split('/').reverse();
  if (namespace !== lookup.namespace && !lookup.crossNamespace)
    return 'cross namespace usage of secrets is not allowed';
  const data = lookup.secret(namespace, name);
  if (data === undefined) return `unexpected error reading secret ${namespace}/${name}: no object matching key`;
  if (secretType === 'auth-map') return Object.entries(data).map(([user, hash]) => `${user}:${hash}`);
  const { auth } = data;
  return auth === undefined
    ? `the secret ${namespace}/${name} does not contain a key with value auth`
    : auth.split('\n');
}
