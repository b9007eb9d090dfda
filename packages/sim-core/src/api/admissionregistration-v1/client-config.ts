import { type FieldError, invalid, required } from '../../apimachinery/field-error.ts';
import { isDNS1123Subdomain } from '../../apimachinery/validation/names.ts';
import { isValidPortNum } from '../../apimachinery/validation/values.ts';
import type { Webhook } from './webhook.ts';

const FORM = '; desired format: https://host[/path]';

/** k8s.io/apiserver/pkg/util/webhook/validation.go ValidateWebhookURL, ValidateWebhookService */
export function validateClientConfig({ url, service }: Webhook['clientConfig'], path: string): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required')];
  }
  return service === undefined ? validateUrl(url ?? '', `${path}.url`) : validateService(service, `${path}.service`);
}

function validateUrl(text: string, path: string): FieldError[] {
  const [, scheme = '', user, host = '', rest = ''] =
    /^(?:([A-Za-z][\w+.-]*):)?(?:\/\/(?:([^@/?#]*)@)?([^/?#]*))?(.*)$/.exec(text) ?? [];
  const [, query, fragment] = /^[^?#]*(?:\?([^#]*))?(?:#(.*))?$/.exec(rest) ?? [];
  return [
    ...(scheme === 'https' ? [] : [invalid(path, scheme, `'https' is the only allowed URL scheme${FORM}`)]),
    ...(host === '' ? [invalid(path, host, `host must be specified${FORM}`)] : []),
    ...(user === undefined ? [] : [invalid(path, user, 'user information is not permitted in the URL')]),
    ...(fragment ? [invalid(path, fragment, 'fragments are not permitted in the URL')] : []),
    ...(query ? [invalid(path, query, 'query parameters are not permitted in the URL')] : []),
  ];
}

function validateService(service: NonNullable<Webhook['clientConfig']['service']>, path: string): FieldError[] {
  const { name, namespace, port = 443, path: urlPath = '' } = service;
  const problems = isValidPortNum(port);
  return [
    ...(name ? [] : [required(`${path}.name`, 'service name is required')]),
    ...(namespace ? [] : [required(`${path}.namespace`, 'service namespace is required')]),
    ...(problems.length === 0 ? [] : [invalid(`${path}.port`, port, `port is not valid: ${problems.join(',')}`)]),
    ...validatePath(urlPath, `${path}.path`),
  ];
}

function validatePath(urlPath: string, path: string): FieldError[] {
  if (urlPath === '' || urlPath === '/') return [];
  if (urlPath === '//') return [invalid(path, urlPath, 'segment[0] may not be empty')];
  const segments = urlPath.slice(1).replace(/\/$/, '').split('/');
  return [
    ...(urlPath.startsWith('/') ? [] : [invalid(path, urlPath, "must start with a '/'")]),
    ...segments.flatMap((segment, i) => {
      const messages = segment === '' ? ['may not be empty'] : isDNS1123Subdomain(segment);
      const joint = segment === '' ? ' ' : ': ';
      return messages.map((message) => invalid(path, urlPath, `segment[${i}]${joint}${message}`));
    }),
  ];
}
