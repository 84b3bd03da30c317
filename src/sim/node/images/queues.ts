/**
 * Queues and what they coordinate with. Sources: the images' pages on Docker Hub, rabbitmq.com/docs,
 * kafka.apache.org, zookeeper.apache.org, docs.nats.io, mosquitto.org.
 */
import type { ImageBehaviour } from '../world.ts';
import type { Catalogue } from './entry.ts';

const server = (
  startupMs: number,
  listens: readonly number[],
  more: ImageBehaviour = {},
): ImageBehaviour => ({ startupMs, listens, speaksHttp: false, ...more });

/** The management plugin, in the tags that have it, answers HTTP on 15672. */
const RABBITMQ: ImageBehaviour = { startupMs: 8000, listens: [5672, 25_672, 15_672, 15_692] };

const JVM: ImageBehaviour = { stopCode: 143 };

export const QUEUES: Catalogue = {
  rabbitmq: {
    user: '0',
    image: RABBITMQ,
    commands: ['rabbitmq-server', 'docker-entrypoint.sh'],
    runsArguments: true,
  },
  'apache/kafka': { image: server(6000, [9092, 9093], JVM), commands: ['run', '__cacert_entrypoint.sh'] },
  'cp-kafka': { user: 'appuser', image: server(8000, [9092, 9093], JVM), commands: ['run'] },
  zookeeper: {
    user: '0',
    image: server(3000, [2181, 2888, 3888, 8080], JVM),
    commands: ['zkServer.sh', 'docker-entrypoint.sh'],
    runsArguments: true,
  },
  'cp-zookeeper': { user: 'appuser', image: server(4000, [2181, 2888, 3888], JVM), commands: ['run'] },
  nats: {
    image: { startupMs: 200, listens: [4222, 6222, 8222] },
    commands: ['nats-server', 'docker-entrypoint.sh'],
    runsArguments: true,
  },
  'eclipse-mosquitto': { image: server(200, [1883]), commands: ['mosquitto', 'docker-entrypoint.sh'] },
};
