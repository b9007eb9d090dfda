import { WebSocket } from 'ws';

/** A socket to the feed of a running sandbox, as its own page opens one; unlike a browser's it can stop to read. */
export function openFeedSocket(
  control: string,
  token: string,
  { epoch, seq }: { epoch: string; seq: number },
): WebSocket {
  const { port, origin, host } = new URL(control);
  const query = new URLSearchParams({ epoch, seq: String(seq) });
  const headers = { origin, cookie: `sid_${port}=${token}` };
  return new WebSocket(`ws://${host}/api/v1/feed?${query}`, { headers });
}
