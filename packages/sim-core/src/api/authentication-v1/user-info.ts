/** A user as the API writes it (authentication.k8s.io/v1 UserInfo). */
export interface ReviewedUser {
  username?: string;
  uid?: string;
  groups?: string[];
  extra?: Record<string, string[]>;
}
