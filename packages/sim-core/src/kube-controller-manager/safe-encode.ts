/** No vowels, no 0, 1, 3: no hash spells a word. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A text in an alphabet that spells nothing, character by character (k8s.io/apimachinery/pkg/util/rand SafeEncodeString). */
export function safeEncode(text: string): string {
  return [...text].map((character) => ALPHABET[character.charCodeAt(0) % ALPHABET.length]).join('');
}
