import { expect, test } from 'vitest';
import { readingOnce } from './reading-once.ts';

/** Certificates are texts; each is signed by what it begins with. */
function counting() {
  const asked: string[] = [];
  const reader = readingOnce({
    parse: (certPem) => {
      asked.push(certPem);
      if (certPem === '') return undefined;
      return { commonName: certPem, issuerCommonName: '', dnsNames: [], notAfter: 0 };
    },
    isSignedBy: (certPem, caPem) => {
      asked.push(`${certPem}/${caPem}`);
      return certPem.startsWith(caPem);
    },
  });
  return { asked, reader };
}

test('each certificate is read once, one that cannot be read too', () => {
  const { asked, reader } = counting();
  for (let i = 0; i < 3; i++) {
    expect(reader.parse('a')?.commonName).toBe('a');
    expect(reader.parse('')).toBeUndefined();
    expect(reader.isSignedBy('ab', 'a')).toBe(true);
    expect(reader.isSignedBy('ab', 'b')).toBe(false);
  }
  expect(asked).toEqual(['a', '', 'ab/a', 'ab/b']);
});

test('who makes certificates up costs no memory', () => {
  const { asked, reader } = counting();
  for (let i = 0; i < 1000; i++) reader.parse(`made up ${i}`);
  const before = asked.length;
  reader.parse('made up 999');
  expect(asked.length).toBe(before);
  reader.parse('made up 0');
  expect(asked.length).toBe(before + 1);
});
