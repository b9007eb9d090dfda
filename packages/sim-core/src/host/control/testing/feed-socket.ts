import { WebSocket } from 'ws';

/**
 * A socket to the feed of a running sandbox, as its own page opens one; unlike a browser's it can stop to read.
 *
 * @param more headers that replace the page's own; an empty one is left out
 */
export function openFeedSocket(
  control: string,
  token: string,
  { epoch, seq }: { epoch: string; seq: number },
  more: Readonly<Record<string, string>> = {},
): WebSocket {
  const { port, origin, host } = new URL(control);
  const query = new URLSearchParams({ epoch, seq: String(seq) });
  const all = { origin, cookie: `sid_${port}=${token}`, ...more };
  const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  return new WebSocket(`ws://${host}/api/v1/feed?${query}`, { headers });
}
