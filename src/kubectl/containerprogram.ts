/**
 * kubectl as a program of a container: with the rights of its Pod's service account, in its namespace, with
 * its files. Source: client-go's rest/config.go (`InClusterConfig`) and tools/clientcmd.
 */
import { accountUser, actingAs, groupsOf, type UserInfo } from '../sim/api/authentication/user.ts';
import type { ProgramCall, ProgramOutcome } from '../sim/api/clientprogram.ts';
import type { Pod, ServiceAccount } from '../sim/api/types.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import { forkState } from '../sim/kernel/fork.ts';
import type { By } from '../sim/kernel/types.ts';
import { failureText, isExpected, KubectlError } from './errors.ts';
import { begin } from './run.ts';
import type { KubectlIO, OutputPiece, PendingWait } from './session.ts';
import { waitNamed } from './waits/index.ts';

const SECRETS = '/var/run/secrets/kubernetes.io/serviceaccount';
/** It has no watch of its own while it waits: so often it asks. */
const POLL_MS = 250;

/** A Pod without a token of its own acts as its account, unless somebody wanted it to have none. */
function accountIn(cluster: ClusterApi, { namespace, pod }: ProgramCall): UserInfo | undefined {
  const server = cluster.client();
  const spec = (server.find('Pod', namespace, pod) as Pod | undefined)?.spec;
  const name = spec?.serviceAccountName || 'default';
  const account: ServiceAccount | undefined = server.find('ServiceAccount', namespace, name);
  if ((spec?.automountServiceAccountToken ?? account?.automountServiceAccountToken) === false)
    return undefined;
  const username = accountUser(namespace, name);
  return { username, groups: groupsOf({ user: username }) };
}

/** As whom it asks. @throws KubectlError where nobody lets it in */
function userOf(cluster: ClusterApi, call: ProgramCall): UserInfo {
  const token = call.read(`${SECRETS}/token`);
  const user = token === undefined ? accountIn(cluster, call) : cluster.authenticate(token);
  if (user !== undefined) return user;
  throw new KubectlError(
    token === undefined
      ? 'The connection to the server localhost:8080 was refused - did you specify the right host or port?'
      : 'You must be logged in to the server (Unauthorized)',
  );
}

function ioOf(call: ProgramCall): KubectlIO {
  return {
    readFile(path) {
      const content = call.read(path);
      if (content === undefined) throw new Error(`the path "${path}" does not exist`);
      return content;
    },
    list: (path) => call.list(path),
    stdin: call.stdin,
    places: false,
    namespace: call.read(`${SECRETS}/namespace`) ?? call.namespace,
    exec() {
      throw new KubectlError('exec from inside of a container is not simulated');
    },
  };
}

/** What is left of a command, and the pieces that it has written already. */
function goOn(cluster: ClusterApi, pending: PendingWait, pieces: OutputPiece[]): ProgramOutcome {
  const { now, config, resources, world, control, by } = cluster;
  try {
    const api = cluster.client(pending.as);
    const context = { now, api, config, resources, world, control, by, pieces };
    const step = waitNamed(pending.wait).step(pending.state, context);
    if (step.done) return { written: pieces, goesOn: step.code };
    const afterMs = Math.max(1, Math.min(step.wakeAt ?? Number.POSITIVE_INFINITY, now + POLL_MS) - now);
    return { written: pieces, goesOn: { afterMs, state: pending } };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { written: [...pieces, { stream: 'err', text: failureText(error) }], goesOn: 1 };
  }
}

/** @param by which program it is, because of what */
export function kubectlProgram(whole: ClusterApi, call: ProgramCall, by: By): ProgramOutcome {
  try {
    const cluster = whole.operatedBy(actingAs(by, userOf(whole, call)));
    // What a wait keeps is changed as it goes on, and forks share what is kept.
    if (call.state !== undefined) return goOn(cluster, forkState(call.state as PendingWait), []);
    const { pieces, code, pending } = begin(cluster, call.argv, ioOf(call));
    if (pending === undefined) return { written: pieces, goesOn: code ?? 0 };
    if (call.mayWait) return goOn(cluster, pending, [...pieces]);
    throw new KubectlError(
      'what waits is not simulated for a command of a probe or a hook: let the container run it, or do ' +
        'not wait',
    );
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { written: [{ stream: 'err', text: failureText(error) }], goesOn: 1 };
  }
}
