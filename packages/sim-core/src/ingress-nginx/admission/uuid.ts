import { goQuote } from '../../apimachinery/go-syntax.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const BARE = /^[0-9a-f]{32}$/i;
const URN = 'urn:uuid:';

/** What is wrong with a UID, as github.com/google/uuid says it; undefined when it is one. The API server's always are. */
export function uuidProblem(text: string): string | undefined {
  switch (text.length) {
    case 36:
      return UUID.test(text) ? undefined : 'invalid UUID format';
    case 36 + URN.length:
      if (!text.toLowerCase().startsWith(URN)) return `invalid urn prefix: ${goQuote(text.slice(0, URN.length))}`;
      return UUID.test(text.slice(URN.length)) ? undefined : 'invalid UUID format';
    case 38:
      if (!text.startsWith('{') || !text.endsWith('}')) return 'invalid bracketed UUID format';
      return UUID.test(text.slice(1, -1)) ? undefined : 'invalid UUID format';
    case 32:
      return BARE.test(text) ? undefined : 'invalid UUID format';
    default:
      return `invalid UUID length: ${text.length}`;
  }
}
