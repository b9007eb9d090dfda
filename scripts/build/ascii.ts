import type { Plugin } from 'vite';

/**
 * Writes every character beyond ASCII as an escape, which reads the same in strings, templates, regular expressions and names.
 * A bundle with a single other character takes twice the memory and a third more of the time until it runs.
 */
export function asciiOnly(): Plugin {
  return {
    name: 'ascii-only',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = escapeNonAscii(file.code);
      },
    },
  };
}

/** `–` becomes `\u2013`; what lies beyond the first plane becomes its two surrogates. */
export function escapeNonAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
