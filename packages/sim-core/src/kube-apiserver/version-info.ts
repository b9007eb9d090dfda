/** `GET /version` of the server that we behave as (k8s.io/apimachinery/pkg/version Info, recorded from v1.33.3). */
export const VERSION_INFO = Object.freeze({
  major: '1',
  minor: '33',
  emulationMajor: '1',
  emulationMinor: '33',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '32',
  gitVersion: 'v1.33.3',
  gitCommit: 'a237dcbeee8bbe1440c94349399cc6eac8870910',
  gitTreeState: 'clean',
  buildDate: '2025-07-15T18:00:00Z',
  goVersion: 'go1.24.4',
  compiler: 'gc',
  platform: 'linux/amd64',
});
