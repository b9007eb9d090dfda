import { expect, it } from 'vitest';
import { publicUrlFor } from './public-url.ts';

const CODESPACE = {
  CODESPACES: 'true',
  CODESPACE_NAME: 'shiny-guide-x5v',
  GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev',
};

it('is what the user says, without a path', () => {
  expect(publicUrlFor('https://sandbox.example.com', CODESPACE)(8088)).toBe('https://sandbox.example.com');
  expect(publicUrlFor('http://10.0.0.1:9000/', {})(8088)).toBe('http://10.0.0.1:9000');
});

it.each(['sandbox.example.com', 'ftp://x/', 'https://x/page', ''])('refuses %j', (text) => {
  expect(() => publicUrlFor(text, {})).toThrow(
    `--public-url takes a URL such as https://sandbox.example.com, not "${text}"`,
  );
});

it('is what a development environment in the cloud says of a port', () => {
  expect(publicUrlFor(undefined, CODESPACE)(8088)).toBe('https://shiny-guide-x5v-8088.app.github.dev');
  expect(publicUrlFor(undefined, { VSCODE_PROXY_URI: 'https://{{port}}--main.example.dev/' })(4711)).toBe(
    'https://4711--main.example.dev',
  );
});

it('is none on a machine of your own, nor below a path of somebody else', () => {
  expect(publicUrlFor(undefined, {})(8088)).toBeUndefined();
  expect(publicUrlFor(undefined, { VSCODE_PROXY_URI: 'https://code.example/proxy/{{port}}/' })(8088)).toBeUndefined();
});
