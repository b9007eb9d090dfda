/** Titles of nginx's own pages (ngx_http_special_response.c). */
const TITLES: Readonly<Record<number, string>> = Object.freeze({
  301: '301 Moved Permanently',
  302: '302 Found',
  303: '303 See Other',
  307: '307 Temporary Redirect',
  308: '308 Permanent Redirect',
  400: '400 Bad Request',
  401: '401 Authorization Required',
  402: '402 Payment Required',
  403: '403 Forbidden',
  404: '404 Not Found',
  405: '405 Not Allowed',
  406: '406 Not Acceptable',
  408: '408 Request Time-out',
  409: '409 Conflict',
  410: '410 Gone',
  411: '411 Length Required',
  412: '412 Precondition Failed',
  413: '413 Request Entity Too Large',
  414: '414 Request-URI Too Large',
  415: '415 Unsupported Media Type',
  416: '416 Requested Range Not Satisfiable',
  421: '421 Misdirected Request',
  429: '429 Too Many Requests',
  500: '500 Internal Server Error',
  501: '501 Not Implemented',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
  505: '505 HTTP Version Not Supported',
  507: '507 Insufficient Storage',
});

/** Statuses of nginx's own that go out as 400, with what their pages say. */
const SPECIAL: Readonly<Record<number, string>> = Object.freeze({
  494: 'Request Header Or Cookie Too Large',
  495: 'The SSL certificate error',
  496: 'No required SSL certificate was sent',
  497: 'The plain HTTP request was sent to HTTPS port',
});

/** The status that goes out for one of nginx's own. */
export function statusSent(status: number): number {
  return SPECIAL[status] === undefined ? status : 400;
}

/** Browsers that show their own page instead of a short one. @param agent the User-Agent header */
export function wantsPadding(agent: string | undefined): boolean {
  return agent !== undefined && (agent.includes('Chrome/') || /MSIE [1-9]/.test(agent)) && !agent.includes('Opera');
}

/** What nginx appends for MSIE and Chrome, which hide short error pages (msie_padding, on by default). */
const PADDING = '<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n'.repeat(6);

/** Version that the simulated release is built on, printed with server_tokens on. */
export const NGINX_VERSION = 'nginx/1.27.1';

/**
 * Body of the page that nginx makes for a status by itself; '' for a status without one.
 * @param padded the client is one of those that nginx pads pages for
 */
export function errorPage(status: number, serverTokens: boolean, padded: boolean): string {
  const special = SPECIAL[status];
  const title = special === undefined ? TITLES[status] : `400 ${special}`;
  if (title === undefined) return '';
  const heading = special === undefined ? title : '400 Bad Request';
  const text = special === undefined ? '' : `<center>${special}</center>\r\n`;
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n` +
    `${text}<hr><center>${serverTokens ? NGINX_VERSION : 'nginx'}</center>\r\n</body>\r\n</html>\r\n` +
    (padded && status >= 400 ? PADDING : '')
  );
}
