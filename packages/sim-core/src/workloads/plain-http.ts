import { type Answer, answer, html } from './http-answer.ts';

/*
 * What servers answer to plain HTTP on a port where they speak TLS: all of them 400, each in its own words.
 */

/** net/http, server.go. */
export function goPlainHttp(): Answer {
  return answer(400, 'text/plain; charset=utf-8', 'Client sent an HTTP request to an HTTPS server.\n');
}

/** ngx_http_special_response.c, 497. @param server what the page and the header Server call it */
export function nginxPlainHttp(server: string): Answer {
  const said = 'The plain HTTP request was sent to HTTPS port';
  const page =
    `<html>\r\n<head><title>400 ${said}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n` +
    `<center>${said}</center>\r\n<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`;
  return answer(400, 'text/html', page, ['server', server, 'connection', 'close']);
}

/** modules/ssl/ssl_engine_io.c and http_protocol.c of Apache. */
export function apachePlainHttp(server: string): Answer {
  const page =
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>400 Bad Request</title>\n</head><body>\n' +
    '<h1>Bad Request</h1>\n<p>Your browser sent a request that this server could not understand.<br />\n' +
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />\n" +
    ' Instead use the HTTPS scheme to access this URL, please.<br />\n</p>\n</body></html>\n';
  return html(400, page, ['server', server, 'connection', 'close']);
}
