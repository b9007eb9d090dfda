/** Where requests from outside go. */
export interface IngressAddress {
  readonly host: string;
  readonly http: number;
  readonly https: number;
}

const PORTS: Readonly<Record<string, number>> = Object.freeze({ 'http:': 80, 'https:': 443 });

/**
 * Reads `http://127.0.0.1:8080`, with a second one for https where its port is not 443.
 * @throws Error in words
 */
export function readAddresses(texts: readonly string[]): IngressAddress {
  const urls = texts.map((text) => {
    if (!URL.canParse(text)) throw new Error(`--address ${text}: expected a URL, such as http://203.0.113.7`);
    return new URL(text);
  });
  const [first] = urls;
  if (first === undefined) throw new Error('--cluster needs --address: where the ingress controller answers');
  const portOf = (protocol: string) => {
    const found = urls.find((url) => url.protocol === protocol);
    return Number(found?.port || PORTS[protocol]);
  };
  return { host: first.hostname, http: portOf('http:'), https: portOf('https:') };
}
