/** Who asks (k8s.io/apiserver/pkg/authentication/user.Info). */
export interface UserInfo {
  /** `kubernetes-admin`, `system:serviceaccount:default:builder`, `system:anonymous`. */
  readonly name: string;
  readonly uid?: string;
  /** `system:masters` may do everything. */
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}
