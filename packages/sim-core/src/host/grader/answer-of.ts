import type { ClientRequest, IncomingMessage } from 'node:http';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The answer to a request. One that only reads is sent once more where its kept connection turns out to be closed: the server
 * may have ended it at the very moment, and that says nothing of the request (net/http, Transport, does the same).
 * @param send starts the request, its body included
 */
export async function answerOf(send: () => ClientRequest): Promise<IncomingMessage> {
  const first = send();
  try {
    return await responseTo(first);
  } catch (error) {
    if (!READS.has(first.method) || !first.reusedSocket || !isStale(error as NodeJS.ErrnoException)) throw error;
    return responseTo(send());
  }
}

function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => sent.on('response', resolve).on('error', reject));
}

function isStale({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE';
}
