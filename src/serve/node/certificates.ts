/** A certificate authority of a served cluster's own, and what it signs. Made anew at every start. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** In PEM. */
export interface Signed {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** The authority's certificate, in PEM. */
  readonly authority: string;
  readonly server: Signed;
  readonly administrator: Signed;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const YEAR_MS = 365 * 86_400_000;
/** Clocks of clients may lag. */
const EARLIER_MS = 3_600_000;

const pem = (label: string, bytes: ArrayBuffer): string => {
  const lines = Buffer.from(bytes).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
};

const serial = (): string => Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex');

/**
 * @param administrator whose name stands in the client's certificate, with his groups
 * @example await certificates({ name: 'kubernetes-admin', groups: ['system:masters'] })
 */
export async function certificates(administrator: {
  readonly name: string;
  readonly groups: readonly string[];
}): Promise<Certificates> {
  const crypto = webcrypto as unknown as Crypto;
  const newKeys = (): Promise<CryptoKeyPair> =>
    crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const notBefore = new Date(Date.now() - EARLIER_MS);
  const notAfter = new Date(Date.now() + YEAR_MS);
  const common = { notBefore, notAfter, signingAlgorithm: ALGORITHM };
  const authorityKeys = await newKeys();
  const authority = await X509CertificateGenerator.createSelfSigned(
    {
      ...common,
      serialNumber: serial(),
      name: 'CN=kubernetes',
      keys: authorityKeys,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    },
    crypto,
  );
  const sign = async (
    subject: { readonly CN: string; readonly O?: readonly string[] },
    extensions: ConstructorParameters<typeof ExtendedKeyUsageExtension>[0],
    names?: SubjectAlternativeNameExtension,
  ): Promise<Signed> => {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create(
      {
        ...common,
        serialNumber: serial(),
        subject: [{ CN: [subject.CN] }, ...(subject.O ?? []).map((name) => ({ O: [name] }))],
        issuer: authority.subject,
        publicKey: keys.publicKey,
        signingKey: authorityKeys.privateKey,
        extensions: [
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension(extensions),
          ...(names === undefined ? [] : [names]),
        ],
      },
      crypto,
    );
    return {
      certificate: `${certificate.toString('pem')}\n`,
      key: pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    };
  };
  return {
    authority: `${authority.toString('pem')}\n`,
    server: await sign(
      { CN: 'kube-apiserver' },
      [ExtendedKeyUsage.serverAuth],
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'kubernetes' },
        { type: 'dns', value: 'kubernetes.default.svc' },
      ]),
    ),
    administrator: await sign({ CN: administrator.name, O: administrator.groups }, [
      ExtendedKeyUsage.clientAuth,
    ]),
  };
}
