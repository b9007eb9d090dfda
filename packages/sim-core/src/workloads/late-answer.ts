import type { Clock } from '../sim/clock.ts';
import type { Answer } from './http-answer.ts';
import type { HttpRequest } from './workload.ts';

/** An answer that takes time, or may: hands it to `answer` once, at once where nothing had to be waited for. */
export type LateAnswer = (answer: (answer: Answer) => void) => void;

/** Longest body that an echoing program keeps. */
const LONGEST_BODY = 1_000_000;

/** Answers with the whole body as text, cut off after a megabyte, or where its sender went away. */
export function withBody(request: HttpRequest, answerTo: (body: string) => Answer): LateAnswer {
  const { body, text } = request;
  if (body === undefined || text !== undefined) return (answer) => answer(answerTo(text ?? ''));
  return (answer) => void readAll(body).then((read) => answer(answerTo(read)));
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = '';
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (text.length < LONGEST_BODY) text += decoder.decode(piece.value, { stream: true });
    }
  } catch {
    // The sender went away: nobody waits for the answer.
  }
  return text + decoder.decode();
}

/** The same answer after so many milliseconds of request time. */
export function delayed(clock: Clock, milliseconds: number, late: LateAnswer): LateAnswer {
  return milliseconds > 0 ? (answer) => clock.afterRequest(milliseconds, () => late(answer)) : late;
}
