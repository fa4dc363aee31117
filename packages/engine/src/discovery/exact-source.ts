import { LIMITS, NetworkError, concatBytes, messageOf } from '@matinee/base'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import type { TorrentParts } from '../torrent-parts.ts'

/**
 * Fetches the `.torrent` that a magnet link names (`xs=`). It counts only if it is of the torrent that was asked
 * for, and goes through the validator of every other. `null` = no such link, or it led to nothing. Never rejects.
 */
export async function fetchExactSource(
  parts: Pick<TorrentParts, 'exactSource' | 'infoHashes' | 'options'> & {
    readonly signal: AbortSignal
  },
): Promise<Metainfo | null> {
  if (parts.exactSource === null) return null
  try {
    return await fetchMetainfo(parts.exactSource, parts)
  } catch (error) {
    parts.options.log.debug('exact source failed', { reason: messageOf(error) })
    return null
  }
}

async function fetchMetainfo(
  url: string,
  parts: Pick<TorrentParts, 'infoHashes' | 'options'> & { readonly signal: AbortSignal },
): Promise<Metainfo> {
  const { network, hash } = parts.options
  const response = await network.http.get({
    url,
    learnedFrom: 'magnet',
    maxBytes: LIMITS.metainfoBytes,
    timeoutMs: LIMITS.exactSourceMs,
    signal: parts.signal,
  })
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  if (response.status !== 200) throw new NetworkError('bad-answer', `status ${response.status}`)
  const metainfo = parseMetainfo(concatBytes(chunks), hash)
  const { v1, v2 } = parts.infoHashes
  const isOther =
    (v1 !== null && metainfo.infoHashes.v1 !== v1) || (v2 !== null && metainfo.infoHashes.v2 !== v2)
  if (isOther) throw new NetworkError('bad-answer', 'the exact source is of another torrent')
  return metainfo
}
