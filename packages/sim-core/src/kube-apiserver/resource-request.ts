import type { Kind } from '../apimachinery/kind.ts';
import type { UserInfo } from './authentication/user-info.ts';
import type { ApiRequest } from './http/message.ts';
import type { Accepted } from './http/negotiation.ts';
import type { RequestInfo } from './request-info.ts';

/** A request about a resource, as its handler sees it: who asks was found out and may do it. */
export interface ResourceRequest {
  readonly info: RequestInfo;
  readonly kind: Kind;
  readonly query: URLSearchParams;
  readonly user: UserInfo;
  readonly accepted: Accepted;
  readonly http: ApiRequest;
}
