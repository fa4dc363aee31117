import { urlAt } from '../discovery/ssdp.ts'
import type { RendererServices } from '../screen.ts'
import { findXml, parseXml, xmlText, type XmlElement } from './xml.ts'

/** What a renderer says of itself. */
export interface RendererDescription {
  /** Not cleaned yet. */
  readonly name: string
  readonly model: string
  readonly services: RendererServices
}

const MAX_PATH_CHARACTERS = 300

/**
 * Reads a device description (UPnP Device Architecture 1.1, 2.3); null for what is no renderer that can be told what to
 * play, or whose services aren't at the address that answered (T8).
 */
export function parseRendererDescription(text: string, at: URL): RendererDescription | null {
  const root = parseXml(text)
  const device = root === null ? null : findXml(root, 'device')
  if (root === null || device === null) return null
  const services = servicesOf(device)
  const pathOf = (type: string): string | null => {
    const service = services.find((each) => xmlText(each, 'serviceType').startsWith(type))
    const control = service === undefined ? '' : xmlText(service, 'controlURL')
    if (control === '') return null
    const host = at.hostname.replaceAll(/[[\]]/gu, '')
    const url = urlAt(control, host, at)
    if (url === null || url.port !== at.port) return null
    const path = url.pathname + url.search
    return path.length > MAX_PATH_CHARACTERS ? null : path
  }
  const transportPath = pathOf('urn:schemas-upnp-org:service:AVTransport:')
  if (transportPath === null) return null
  return {
    name: xmlText(device, 'friendlyName'),
    model: [xmlText(device, 'manufacturer'), xmlText(device, 'modelName')].join(' '),
    services: {
      transportPath,
      volumePath: pathOf('urn:schemas-upnp-org:service:RenderingControl:'),
    },
  }
}

/** All services of a device and of the devices within it. */
function servicesOf(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    child.name === 'service' ? [child] : servicesOf(child),
  )
}
