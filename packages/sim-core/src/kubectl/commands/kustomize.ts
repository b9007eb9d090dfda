import type { KubectlCommand } from '../context.ts';
import { buildKustomization } from '../kustomize/build.ts';
import { goYaml } from '../output/go-yaml.ts';

/** `kubectl kustomize`: prints what a kustomization makes. */
export const kustomize: KubectlCommand = {
  flags: {},
  async run({ environment, args }) {
    const built = await buildKustomization(environment, args[0] ?? '.');
    environment.stdout(built.map((each) => goYaml(each)).join('---\n'));
    return 0;
  },
};
