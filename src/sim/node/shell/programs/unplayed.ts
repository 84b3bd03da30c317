/** Programs that images have and nothing here plays: they read what they are given, and succeed. */
import type { Program } from '../call.ts';

const passOver: Program = (call) => {
  if (!call.input.ended) return { input: true, state: null };
  call.input.take();
  call.env.passOver(call.argv[0]!);
  return 0;
};

const NAMES =
  'addgroup adduser ar arp bunzip2 bzip2 cal chpasswd chroot cksum clear comm cpio crond crontab ' +
  'delgroup deluser dmesg dos2unix fold fuser getopt groupadd gunzip gzip iostat last ' +
  'ldconfig logger lsof mkfifo mknod modprobe nsenter od passwd pmap renice reset route ' +
  'sha512sum split strings stty swapoff tcpdump top tput tty umount unix2dos ' +
  'unxz unzip update-ca-certificates useradd usermod vi xxd xz';

export const unplayedPrograms: Readonly<Record<string, Program>> = Object.fromEntries(
  NAMES.split(' ').map((name) => [name, passOver]),
);
