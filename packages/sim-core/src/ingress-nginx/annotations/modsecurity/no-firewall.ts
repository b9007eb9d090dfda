/** Why nothing of ModSecurity acts. */
export const NO_FIREWALL = 'There is no web application firewall here: nothing is inspected, and nothing refused.';
