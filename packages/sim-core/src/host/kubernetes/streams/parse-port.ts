/** The number of a port, or what is wrong with the text, in the kubelet's words (strconv.ParseUint with 16 bits). */
export function parsePort(text: string): number | string {
  const why = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : undefined;
  if (why !== undefined)
    return `unable to parse ${JSON.stringify(text)} as a port: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`;
  return Number(text) < 1 ? `port ${JSON.stringify(text)} must be > 0` : Number(text);
}
