import { concatBytes, escapeXml, parseUtf8, utf8Bytes, type Network } from '@matinee/base'
import { CastError } from '../cast-error.ts'
import { CAST_LIMITS } from '../cast-limits.ts'
import { findXml, parseXml, xmlText, type XmlElement } from './xml.ts'

/** A service of a renderer, such as AVTransport. */
export interface SoapService {
  /** On the renderer's own address. */
  readonly url: string
  /** `urn:schemas-upnp-org:service:AVTransport:1` */
  readonly type: string
}

/** What an action gave back, by name. */
export type SoapAnswer = (name: string) => string

/**
 * Calls an action of a renderer (UPnP Device Architecture 1.1, 3.2.1). Throws {@link CastError}: `refused` for a SOAP
 * fault, `nonsense`, `away`.
 */
export async function callAction(
  { http }: Pick<Network, 'http'>,
  service: SoapService,
  action: string,
  values: Readonly<Record<string, string>>,
): Promise<SoapAnswer> {
  const body = Object.entries({ InstanceID: '0', ...values })
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('')
  const envelope =
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
    's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>' +
    `<u:${action} xmlns:u="${service.type}">${body}</u:${action}></s:Body></s:Envelope>`
  const { status, root } = await post(http, service, action, utf8Bytes(envelope))
  const answer = root === null ? null : findXml(root, `${action}Response`)
  if (status === 200 && answer !== null) return (name) => xmlText(answer, name)
  const code = root === null ? '' : xmlText(root, 'errorCode').replaceAll(/\D/gu, '').slice(0, 5)
  if (code !== '') throw new CastError('refused', `${action} was refused with ${code}`)
  throw new CastError('nonsense', `${action} was answered with ${status}`)
}

async function post(
  http: Network['http'],
  service: SoapService,
  action: string,
  bytes: Uint8Array,
): Promise<{ readonly status: number; readonly root: XmlElement | null }> {
  try {
    const { status, body } = await http.get({
      url: service.url,
      learnedFrom: 'user',
      headers: { soapaction: `"${service.type}#${action}"` },
      post: { type: 'text/xml; charset="utf-8"', bytes },
      maxBytes: CAST_LIMITS.xmlBytes,
      timeoutMs: CAST_LIMITS.answerMs,
    })
    return { status, root: parseXml(await textOf(body)) }
  } catch (cause) {
    throw new CastError('away', `${action} was not answered`, { cause })
  }
}

/** A small body as text; empty when it isn't UTF-8. */
export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk.slice())
  return parseUtf8(concatBytes(chunks)) ?? ''
}
