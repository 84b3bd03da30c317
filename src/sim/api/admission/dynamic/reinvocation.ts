/**
 * Which webhooks are asked a second time because what they saw was changed after them. Models
 * reinvocation.go and plugin/webhook/mutating/reinvocationcontext.go of
 * staging/src/k8s.io/apiserver/pkg/admission.
 */
import type { KubeObject } from '../../types.ts';

/** Those of one plugin. */
class Invoked {
  /** The object as the plugin left it in the last round. */
  left: KubeObject | undefined;
  private readonly previous = new Set<string>();
  private readonly required = new Set<string>();

  /** Remembers one that is to be asked again if the object changes after it. */
  invoked(uid: string): void {
    this.previous.add(uid);
  }

  /** The object has changed: those who saw it before are asked again. */
  requireAgain(): void {
    for (const uid of this.previous) this.required.add(uid);
    this.previous.clear();
  }

  wants(uid: string): boolean {
    return this.required.has(uid);
  }
}

/** Of one request. */
export class Reinvocation {
  /** Whether this is the second round. */
  again = false;
  /** Whether there is to be one. */
  wanted = false;
  readonly webhooks = new Invoked();
  readonly policies = new Invoked();
}
