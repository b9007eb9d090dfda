import { goQuote } from '../../apimachinery/go-syntax.ts';
import { newForbidden, type StatusError } from '../../apimachinery/status-error.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import type { RequestInfo } from '../request-info.ts';

/** What is asked of an authorizer (k8s.io/apiserver/pkg/authorization/authorizer.Attributes): who wants to do what. */
export interface Attributes extends Omit<RequestInfo, 'rest'> {
  readonly user: UserInfo;
}

/** An authorizer's answer; what nobody allows is forbidden. */
export interface Decision {
  readonly allowed: boolean;
  /** Why; often ''. */
  readonly reason: string;
}

/** Attributes of a request about a resource; what is left out is ''. */
export function resourceAttributes(
  user: UserInfo,
  given: Partial<Omit<Attributes, 'user' | 'path' | 'isResourceRequest'>>,
): Attributes {
  const nothing = { verb: '', apiGroup: '', apiVersion: '', namespace: '', resource: '', subresource: '', name: '' };
  return { ...nothing, ...given, user, isResourceRequest: true, path: '' };
}

/** Attributes of a request about a path such as /metrics. */
export function pathAttributes(user: UserInfo, verb: string, path: string): Attributes {
  return { ...resourceAttributes(user, { verb }), isResourceRequest: false, path };
}

/** The 403 of a request (k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go ForbiddenStatusError). */
export function newForbiddenRequest(attributes: Attributes, reason = ''): StatusError {
  const { apiGroup, resource, name } = attributes;
  const message = forbiddenMessage(attributes);
  const about = attributes.isResourceRequest ? { group: apiGroup, resource } : { group: '', resource: '' };
  return newForbidden(about, name, reason === '' ? message : `${message}: ${reason}`);
}

function forbiddenMessage(attributes: Attributes): string {
  const { user, verb, path, apiGroup, namespace, resource, subresource } = attributes;
  const head = `User ${goQuote(user.name)} cannot ${verb}`;
  if (!attributes.isResourceRequest) return `${head} path ${goQuote(path)}`;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${goQuote(namespace)}`;
  return `${head} resource ${goQuote(what)} in API group ${goQuote(apiGroup)} ${where}`;
}
