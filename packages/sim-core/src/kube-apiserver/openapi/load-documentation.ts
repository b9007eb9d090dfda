import { createDocumentation, type Documentation } from '../../apimachinery/schema/documentation.ts';

/** Loads what is said of the types: 0.4 MB of text that only /openapi/v3 asks for, so it is a chunk of its own. */
export async function loadDocumentation(): Promise<Documentation> {
  const { DOCUMENTATION_JSON } = await import('../../api/documentation.generated.ts');
  return createDocumentation(DOCUMENTATION_JSON);
}
