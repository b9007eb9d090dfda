import type { Secret } from '../secret.ts';

/**
 * A Secret is Opaque unless it says what it is, and what came as text is kept as base64
 * (pkg/apis/core/v1/defaults.go SetDefaults_Secret, conversion.go Convert_v1_Secret_To_core_Secret).
 */
export function setSecretDefaults(secret: Secret): void {
  secret.type ||= 'Opaque';
  const { stringData } = secret;
  if (stringData === undefined) return;
  const texts = Object.entries(stringData).map(([key, text]) => [key, base64(text)]);
  secret.data = { ...secret.data, ...Object.fromEntries(texts) };
  delete secret.stringData;
}

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
