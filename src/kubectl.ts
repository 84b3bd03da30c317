/** `seatrial/kubectl`: kubectl over a simulated cluster, to its end or in the background. */
export {
  jobResult,
  runKubectl,
  runKubectlLine,
  startKubectl,
  startKubectlLine,
  type KubectlIO,
  type KubectlJob,
  type KubectlResult,
} from './kubectl/index.ts';
