/** `kubectl kustomize`. Source: sigs.k8s.io/kustomize/kustomize/commands/build/build.go. */
import { KubectlError } from '../errors.ts';
import { kustomized } from '../kustomize.ts';
import { writeOut, type Verb } from '../session.ts';

export const kustomizeVerb: Verb = {
  name: 'kustomize',
  flags: [],
  run(session) {
    const { args, io } = session;
    if (args.length > 1) throw new KubectlError('specify one path to kustomization.yaml');
    writeOut(session, kustomized(args[0] ?? '.', io));
    return 0;
  },
};
