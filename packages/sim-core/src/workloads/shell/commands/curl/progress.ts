import { byteLength } from '../../../http-answer.ts';
import type { Answer } from './transfer.ts';

/** The meter that is drawn when the answer does not go to a terminal. */
export function progress({ body }: Answer): string {
  const size = String(byteLength(body)).padStart(5);
  const head =
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';
  const none = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
  return `${head}${none}\r100 ${size}  100 ${size}    0     0   150k      0 --:--:-- --:--:-- --:--:--  150k\n`;
}
