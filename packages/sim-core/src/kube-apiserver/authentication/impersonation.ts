import { StatusError } from '../../apimachinery/status-error.ts';
import { type Attributes, newForbiddenRequest, resourceAttributes } from '../authorization/attributes.ts';
import type { Authorizer } from '../authorization/authorizer.ts';
import { ANONYMOUS } from './authenticator.ts';
import { serviceAccountGroups, splitServiceAccountUsername } from './service-account-name.ts';
import type { UserInfo } from './user-info.ts';

type Headers = Readonly<Record<string, string | undefined>>;

const EXTRA = 'impersonate-extra-';
const AUTHENTICATION = 'authentication.k8s.io';

/** What is asked for with Impersonate-… headers (`kubectl --as --as-group --as-uid`). */
interface Wanted {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/**
 * As whom a request acts: the user that its headers name, when the one who sends it may impersonate
 * (k8s.io/apiserver/pkg/endpoints/filters/impersonation.go).
 * @throws StatusError Forbidden, or InternalError when the headers name no user
 */
export function impersonate(requestor: UserInfo, headers: Headers, path: string, authorizer: Authorizer): UserInfo {
  const wanted = wantedBy(headers);
  if (wanted === undefined) return requestor;
  if (wanted.user === '') throw withoutUser(wanted, path);
  for (const asked of permissions(requestor, wanted)) {
    const { allowed, reason } = authorizer.authorize(asked);
    if (!allowed) throw newForbiddenRequest(asked, reason);
  }
  return userOf(wanted);
}

function wantedBy(headers: Headers): Wanted | undefined {
  const user = headers['impersonate-user'] ?? '';
  const groups = valuesOf(headers['impersonate-group']);
  const uid = headers['impersonate-uid'] ?? '';
  const extra: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(EXTRA)) extra[unescapeKey(name.slice(EXTRA.length))] = valuesOf(value);
  }
  const nothing = user === '' && uid === '' && groups.length === 0 && Object.keys(extra).length === 0;
  return nothing ? undefined : { user, groups, uid, extra };
}

/** The lines of one header, which whoever listens has joined. */
function valuesOf(header: string | undefined): string[] {
  return header === undefined || header === '' ? [] : header.split(', ');
}

function unescapeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** One permission for each thing that is taken on. */
function permissions(user: UserInfo, wanted: Wanted): Attributes[] {
  const ask = (given: Partial<Attributes>) =>
    resourceAttributes(user, { verb: 'impersonate', apiVersion: 'v1', ...given });
  const account = splitServiceAccountUsername(wanted.user);
  const authentication = { apiGroup: AUTHENTICATION };
  return [
    account ? ask({ resource: 'serviceaccounts', ...account }) : ask({ resource: 'users', name: wanted.user }),
    ...wanted.groups.map((name) => ask({ resource: 'groups', name })),
    ...Object.entries(wanted.extra).flatMap(([subresource, values]) =>
      values.map((name) => ask({ ...authentication, resource: 'userextras', subresource, name })),
    ),
    ...(wanted.uid === '' ? [] : [ask({ ...authentication, resource: 'uids', name: wanted.uid })]),
  ];
}

function userOf({ user, groups, uid, extra }: Wanted): UserInfo {
  const account = splitServiceAccountUsername(user);
  const own = groups.length === 0 && account ? serviceAccountGroups(account.namespace) : groups;
  return {
    name: user,
    groups: withAuthenticated(user, own),
    ...(uid !== '' && { uid }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function withAuthenticated(user: string, groups: readonly string[]): readonly string[] {
  const added = user === ANONYMOUS.name ? 'system:unauthenticated' : 'system:authenticated';
  const there = groups.some((group) => group === added || group === 'system:unauthenticated');
  return there ? groups : [...groups, added];
}

/** Answered as an internal error, as upstream does (responsewriters.InternalError). */
function withoutUser({ groups, uid, extra }: Wanted, path: string): StatusError {
  const references = [
    ...groups.map((name) => reference('Group', name, '', '')),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((name) => reference('UserExtra', name, `${AUTHENTICATION}/v1`, key)),
    ),
    ...(uid === '' ? [] : [reference('UID', uid, `${AUTHENTICATION}/v1`, '')]),
  ];
  const message = `Internal Server Error: ${JSON.stringify(path)}: requested [${references.join(' ')}] without impersonating a user`;
  return new StatusError({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });
}

/** A v1.ObjectReference as Go's %v prints it. */
function reference(kind: string, name: string, apiVersion: string, fieldPath: string): string {
  return `{${kind}  ${name}  ${apiVersion}  ${fieldPath}}`;
}
