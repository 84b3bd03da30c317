/** The file by which clients find a served cluster, and come as its administrator. */
import { stringify } from 'yaml';
import type { Certificates } from './certificates.ts';

const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** @param server `https://127.0.0.1:6443` */
export const kubeconfigText = (
  server: string,
  { authority, administrator }: Certificates,
  user: string,
): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'seatrial', cluster: { server, 'certificate-authority-data': encoded(authority) } }],
    users: [
      {
        name: user,
        user: {
          'client-certificate-data': encoded(administrator.certificate),
          'client-key-data': encoded(administrator.key),
        },
      },
    ],
    contexts: [{ name: 'seatrial', context: { cluster: 'seatrial', user } }],
    'current-context': 'seatrial',
  });
