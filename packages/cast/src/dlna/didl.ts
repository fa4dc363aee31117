import { escapeXml } from '@matinee/base'
import type { CastFilm } from '../screen.ts'
import { clockText } from './clock-text.ts'

/**
 * A film as DIDL-Lite, with its subtitles in the ways that televisions look for them: Samsung's `sec:CaptionInfo`, a
 * resource of their own, and the attribute that some Philips and Sony sets read.
 */
export function didlOf(film: CastFilm): string {
  const { captions, durationSeconds } = film
  const duration = durationSeconds === null ? '' : ` duration="${clockText(durationSeconds)}"`
  // OP=01: seeking by bytes. The flags say streaming, and that a connection may stall (DLNA guidelines 7.4.1.3).
  const features = 'DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000'
  const byAttribute =
    captions === null
      ? ''
      : ` pv:subtitleFileUri="${escapeXml(captions.srtUrl)}" pv:subtitleFileType="SRT"`
  const title = film.subtitle === '' ? film.title : `${film.title}: ${film.subtitle}`
  return [
    '<DIDL-Lite xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/"',
    ' xmlns:dlna="urn:schemas-dlna-org:metadata-1-0/"',
    ' xmlns:sec="http://www.sec.co.kr/"',
    ' xmlns:pv="http://www.pv.com/pvns/">',
    '<item id="0" parentID="-1" restricted="1">',
    `<dc:title>${escapeXml(title)}</dc:title>`,
    '<upnp:class>object.item.videoItem.movie</upnp:class>',
    `<res protocolInfo="http-get:*:${escapeXml(film.type)}:${features}" size="${film.lengthBytes}"${duration}${byAttribute}>`,
    `${escapeXml(film.url)}</res>`,
    ...(captions === null
      ? []
      : [
          `<res protocolInfo="http-get:*:text/srt:*">${escapeXml(captions.srtUrl)}</res>`,
          `<sec:CaptionInfo sec:type="srt">${escapeXml(captions.srtUrl)}</sec:CaptionInfo>`,
          `<sec:CaptionInfoEx sec:type="srt">${escapeXml(captions.srtUrl)}</sec:CaptionInfoEx>`,
        ]),
    '</item></DIDL-Lite>',
  ].join('')
}
