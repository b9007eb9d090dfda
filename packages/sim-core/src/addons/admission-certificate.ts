/**
 * Certificate of the add-on's admission webhook, base64 of its PEM, for ingress-nginx-controller-admission.ingress-nginx.svc: P-256, signed with
 * its own key, valid for a hundred years. The real controller is brought one by two Jobs that run before everything else at every start
 * (kube-webhook-certgen); what they would make anew each time stands here. Its key was never kept: TLS inside of the cluster carries
 * no bytes.
 */
export const ADMISSION_CERTIFICATE = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUNMVENDQWRPZ0F3SUJBZ0lVQmluQ0lTTGdpeElLa0YxQkFFWFl0WHNrRGMwd0NnWUlLb1',
  'pJemowRUF3SXcKTFRFck1Da0dBMVVFQXd3aWFXNW5jbVZ6Y3kxdVoybHVlQzFqYjI1MGNtOXNiR1Z5TFdGa2JXbHpjMmx2YmpBZwpGdzB5TmpF',
  'eU1ERXdPVE13TVRGYUdBOHlNVEkyTVRFd056QTVNekF4TVZvd0xURXJNQ2tHQTFVRUF3d2lhVzVuCmNtVnpjeTF1WjJsdWVDMWpiMjUwY205c2',
  'JHVnlMV0ZrYldsemMybHZiakJaTUJNR0J5cUdTTTQ5QWdFR0NDcUcKU000OUF3RUhBMElBQkRTZGsrZE4yK08yRk5MeUN2eWdDTHI0cURUM0dk',
  'VXNna1lsc1JCdytlWnhua2lMVUtEVgpqZUppVHUyc3JIUmwyaU5JVlVOVXFqbk50Y3FxR3FTYmpDQ2pnYzR3Z2Nzd0hRWURWUjBPQkJZRUZINz',
  'VuclJNCjRKSzh5OUZLNWlGZ21zRHFkSmpLTUI4R0ExVWRJd1FZTUJhQUZINzVuclJNNEpLOHk5Rks1aUZnbXNEcWRKaksKTUE4R0ExVWRFd0VC',
  'L3dRRk1BTUJBZjh3WXdZRFZSMFJCRnd3V29JaWFXNW5jbVZ6Y3kxdVoybHVlQzFqYjI1MApjbTlzYkdWeUxXRmtiV2x6YzJsdmJvSTBhVzVuY2',
  '1WemN5MXVaMmx1ZUMxamIyNTBjbTlzYkdWeUxXRmtiV2x6CmMybHZiaTVwYm1keVpYTnpMVzVuYVc1NExuTjJZekFUQmdOVkhTVUVEREFLQmdn',
  'ckJnRUZCUWNEQVRBS0JnZ3EKaGtqT1BRUURBZ05JQURCRkFpQWtQUVB1UWV5Mmc5VTJPUStGKzEzbmt2bmhIQjkwWG5vTEJMTVJtSi9HYWdJaA',
  'pBUG4rcE0xc3ZsZVROWS9XbGdoOTBQbVVhWGsrVjVxOFBkQ2hrVnNkMnpJbgotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg==',
].join('');
