import { get } from 'node:http';
import type { Sandbox } from './sandbox.ts';

const COUNT = 100;

/**
 * Asks a hundred times and reads back what the sandbox remembers of each: a fast answer counts only where it is explained.
 * @throws Error where an answer has no record, or a record lacks what the phases decide
 */
export async function readBackRecords(sandbox: Sandbox): Promise<number> {
  for (let i = 0; i < COUNT; i++) {
    const id = await ask(sandbox);
    const trace = await fetch(`${sandbox.control}/api/v1/traces/${id}`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    });
    const text = await trace.text();
    if (trace.status !== 200 || !text.includes('"canary"')) throw new Error(`record ${id}: ${trace.status} ${text}`);
  }
  return COUNT;
}

/** @returns the id of the answer's record */
function ask({ url, host = '' }: Sandbox): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = get(url, { headers: { host }, agent: false }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve(String(response.headers['x-sandbox-request']));
      else reject(new Error(`status ${response.statusCode}`));
    });
    sent.on('error', reject);
  });
}
