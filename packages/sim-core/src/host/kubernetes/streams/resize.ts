/** Longest text that is kept for a size that is not complete yet. */
const LONGEST = 4096;
const MOST = 65_535;

/**
 * Reads sizes of a terminal, `{"Width":80,"Height":24}` one after the other and in any pieces. After the first that is none
 * nothing more is read (client-go/tools/remotecommand/resize.go, kubelet's handleResizeEvents).
 */
export function resizeReader(resize: (columns: number, rows: number) => void): (chunk: Uint8Array) => void {
  let text = '';
  let broken = false;
  return (chunk) => {
    if (broken) return;
    text += Buffer.from(chunk).toString('latin1');
    for (let end = text.indexOf('}'); end >= 0 && !broken; end = text.indexOf('}')) {
      const size = parseSize(text.slice(0, end + 1));
      text = text.slice(end + 1);
      if (size === undefined) broken = true;
      else resize(...size);
    }
    if (text.length > LONGEST) broken = true;
  };
}

/** Names of fields in any case, as Go reads them; a size that is left out is 0. */
function parseSize(text: string): [number, number] | undefined {
  try {
    const fields = Object.entries(JSON.parse(text)).map(([name, value]) => [name.toLowerCase(), value]);
    const { width = 0, height = 0 } = Object.fromEntries(fields);
    return isSize(width) && isSize(height) ? [width, height] : undefined;
  } catch {
    return undefined;
  }
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST;
}
