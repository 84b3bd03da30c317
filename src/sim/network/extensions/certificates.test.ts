import { describe, expect, it } from 'vitest';
import { maySign } from './certificates.ts';

const pem = (...lines: readonly string[]): string =>
  ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');

/** Of P-256, by `openssl req -x509`; ONE and TWO have the same name and keys of their own. */
const ONE = pem(
  'MIIBcTCCARegAwIBAgIUDfs2CmtROVO/C56vDm5p1obHlhwwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCY2EwIBcNMjYxMjAx',
  'MDYwMjQyWhgPMjEyNjExMDcwNjAyNDJaMA0xCzAJBgNVBAMMAmNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElG79NHYv',
  'IOYOpenkqclp7pJcllzyPlednfWOPq53lNQufzChyBNh68A8sD4GEdygfvFtVWfiiXpw46jAPuCMuqNTMFEwHQYDVR0OBBYE',
  'FBgYatrfhN9GJ8qlL7rRXx/UqhyxMB8GA1UdIwQYMBaAFBgYatrfhN9GJ8qlL7rRXx/UqhyxMA8GA1UdEwEB/wQFMAMBAf8w',
  'CgYIKoZIzj0EAwIDSAAwRQIgJ0I0C5MktRRMcTaohQqAYdQVJmDODP/rl403pSHa7qECIQCjGp/8/J+mBygDJZWNejV3jC36',
  'xI1A+Z+snFEo6mzVvg==',
);
const TWO = pem(
  'MIIBcjCCARegAwIBAgIUM/VIpz3Ups+8ClqCoRY4KUU9AeQwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCY2EwIBcNMjYxMjAx',
  'MDYwMjQyWhgPMjEyNjExMDcwNjAyNDJaMA0xCzAJBgNVBAMMAmNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFgYmmsfb',
  'HYmO2l3B7erpNqDzsrdutty+yPtRqu2Bn6khokwRB1RlCRarUmDS8cjCL7yXOf79X/WDVjKMzaRsv6NTMFEwHQYDVR0OBBYE',
  'FDZWTzEgyRrwpIU5SM5jE7umj1hNMB8GA1UdIwQYMBaAFDZWTzEgyRrwpIU5SM5jE7umj1hNMA8GA1UdEwEB/wQFMAMBAf8w',
  'CgYIKoZIzj0EAwIDSQAwRgIhAO/RdzLExBa+QuyEPP8UQxSoOv3o4VMI9PHtkqhgmiAxAiEAsdANP5DyYND6OJaD3sviqDaT',
  'GNtUUMe60ok+3UUQ3WM=',
);
const OTHER = pem(
  'MIIBdzCCAR2gAwIBAgIUBcHNm0jPfPYZro4oKQIVa3M7AEkwCgYIKoZIzj0EAwIwEDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYx',
  'MjAxMDYwMjQyWhgPMjEyNjExMDcwNjAyNDJaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE',
  'FgYmmsfbHYmO2l3B7erpNqDzsrdutty+yPtRqu2Bn6khokwRB1RlCRarUmDS8cjCL7yXOf79X/WDVjKMzaRsv6NTMFEwHQYD',
  'VR0OBBYEFDZWTzEgyRrwpIU5SM5jE7umj1hNMB8GA1UdIwQYMBaAFDZWTzEgyRrwpIU5SM5jE7umj1hNMA8GA1UdEwEB/wQF',
  'MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMJNY69o1SLW/uWTqTr/O/rbsXDsK0SSM6kxzwAgN9D4AiBjMDsRxGGCqCiw3M0l',
  'mKMHa0qwlcQn9I4l2FhmVTUVHw==',
);
/** Signed by ONE. */
const LEAF = pem(
  'MIIBeDCCAR+gAwIBAgIUZHFr/0P7Z+3PuqwvvDJ27qh2cUAwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCY2EwIBcNMjYxMjAx',
  'MDYwMjQyWhgPMjEyNjExMDcwNjAyNDJaMCYxJDAiBgNVBAMMG3NhbXBsZS1hcGkuYWdncmVnYXRvci0xLnN2YzBZMBMGByqG',
  'SM49AgEGCCqGSM49AwEHA0IABCUCEgDarRgSN1esqxtHxqCuSJLSrpZYE+Kq0cX5Ppg0mNw/qYK3Ur0+Ngvlzv85ygTZ0I7f',
  '1SEmpsJ3nBhEjwijQjBAMB8GA1UdIwQYMBaAFBgYatrfhN9GJ8qlL7rRXx/UqhyxMB0GA1UdDgQWBBSRlklS3U3hII5ukCus',
  'u8n4Fm8M2TAKBggqhkjOPQQDAgNHADBEAiAinjfsac2rURJGCDbx+r3VtPdslr2VoDIoI/EBdQwngwIgTJVeQ8wAPma7I5/4',
  '7LnItedL3xm3x58Htri/P51vuAg=',
);

describe('an authority', () => {
  it.each([
    ['signs what carries its name and key', LEAF, ONE, true],
    ['is one of several', LEAF, OTHER + ONE, true],
    ['signs itself', ONE, ONE, true],
    ['has another name', LEAF, OTHER, false],
    ['has the same name and another key', LEAF, TWO, false],
    ['has signed one on the way', OTHER + LEAF, ONE, true],
    ['cannot be read', LEAF, pem('MA=='), true],
    ['is of something that cannot be read', 'certificate', ONE, true],
    ['is cut off', LEAF, pem(ONE.split('\n')[1]!.slice(0, 40)), true],
  ])('that %s', (_, shown, bundle, may) => expect(maySign(shown, bundle)).toBe(may));
});
