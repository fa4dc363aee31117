import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate that signs itself, for tests of TLS: no key has to be kept anywhere. */
export interface SelfSigned {
  /** PEM, certificate and root at once. */
  readonly certificate: string
  /** PEM. */
  readonly key: string
}

/**
 * Makes a certificate for names and addresses, valid now (RFC 5280, the least that OpenSSL takes).
 *
 * @param addresses IPv4
 */
export function selfSigned(
  names: readonly string[],
  addresses: readonly string[] = [],
): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // ecdsa-with-SHA256
  const algorithm = tag(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
  const subject = tag(0x30, tag(0x31, tag(0x30, COMMON_NAME, tag(0x0c, Buffer.from('test')))))
  const day = 24 * 60 * 60 * 1000
  const alternatives = [
    ...names.map((name) => tag(0x82, Buffer.from(name))),
    ...addresses.map((address) => tag(0x87, Buffer.from(address.split('.').map(Number)))),
  ]
  const body = tag(
    0x30,
    tag(0xa0, tag(0x02, Buffer.of(2))),
    tag(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    subject,
    tag(0x30, time(Date.now() - day), time(Date.now() + day)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(
      0xa3,
      tag(
        0x30,
        tag(0x30, SUBJECT_ALT_NAME, tag(0x04, tag(0x30, ...alternatives))),
        tag(0x30, BASIC_CONSTRAINTS, tag(0x04, tag(0x30, tag(0x01, Buffer.of(0xff))))),
      ),
    ),
  )
  const signature = tag(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]))
  const der = tag(0x30, body, algorithm, signature).toString('base64')
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{64}/gu, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

const COMMON_NAME = Buffer.from('0603550403', 'hex')
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex')
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex')

/** One DER value. */
function tag(kind: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(kind, ...head), content])
}

/** UTCTime. */
function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/gu, '')
  return tag(0x17, Buffer.from(text.slice(2)))
}
