import { CliError, EXIT } from '../exit-codes.ts';

/** What says where a browser reaches a port of this machine. */
export type PublicUrl = (port: number) => string | undefined;

/**
 * Where a browser reaches the page: what the user says, or what a development environment in the cloud says of itself
 * (GitHub Codespaces, VS Code Remote). Undefined: on this machine.
 * @throws CliError usage for something that is no http or https URL without a path
 */
export function publicUrlFor(given: string | undefined, environment: NodeJS.ProcessEnv): PublicUrl {
  if (given !== undefined) {
    const url = originOf(given);
    if (url === undefined) {
      throw new CliError(EXIT.usage, `--public-url takes a URL such as https://sandbox.example.com, not "${given}"`);
    }
    return () => url;
  }
  const { CODESPACE_NAME, GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN, VSCODE_PROXY_URI } = environment;
  if (CODESPACE_NAME && GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN) {
    return (port) => `https://${CODESPACE_NAME}-${port}.${GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN}`;
  }
  if (VSCODE_PROXY_URI) return (port) => originOf(VSCODE_PROXY_URI.replaceAll('{{port}}', String(port)));
  return () => undefined;
}

/** The origin of a URL that has no path: the page lives at the root. */
function originOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  return isWeb && url.pathname === '/' ? url.origin : undefined;
}
