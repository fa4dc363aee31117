import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react'
import type { Film, StreamStatus } from '#api'
import { useClient } from '../api/client-context.tsx'
import { useText } from '../i18n/text.tsx'
import { pictureFacts, type PictureFacts } from './picture-facts.ts'
import type { PlayerState } from './player-state.ts'
import { statisticsRows } from './statistics-rows.ts'
import { numberWords } from './swarm-words.ts'
import './statistics.css'

/** How often the numbers are asked for. */
const EVERY_MS = 1000
/** Peers that are listed; the rest are counted. */
const MAX_PEERS = 8

/** The numbers behind the words: picture, torrent, and who sends what. */
export function Statistics({
  film,
  status,
  state,
  video,
}: {
  readonly film: Film
  readonly status: StreamStatus | null
  readonly state: PlayerState
  readonly video: RefObject<HTMLVideoElement | null>
}): ReactNode {
  const { say, language } = useText()
  const client = useClient()
  const words = useMemo(() => numberWords(language), [language])
  const [picture, setPicture] = useState<PictureFacts | null>(null)
  useEffect(() => {
    const look = (): void => setPicture(video.current === null ? null : pictureFacts(video.current))
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [video])
  const { data } = useQuery({
    queryKey: ['statistics', film.streamId],
    queryFn: ({ signal }) => client.statistics(film.streamId, signal),
    refetchInterval: EVERY_MS,
    gcTime: 0,
  })
  const rows = statisticsRows({ picture, state, status, torrent: data ?? null }, words)
  const peers = data?.peers ?? []
  return (
    <section className="statistics" aria-label={say('player.statistics')}>
      <dl>
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{say(value.key, value.values)}</dd>
          </div>
        ))}
      </dl>
      {peers.length === 0 ? null : (
        <table>
          <caption>{say('statistics.peers', { count: peers.length })}</caption>
          <tbody>
            {peers.slice(0, MAX_PEERS).map((peer) => (
              <tr key={`${peer.kind} ${peer.address}`}>
                <th scope="row">{peer.address}</th>
                <td>{peer.client ?? ''}</td>
                <td>{words.percent(peer.have)}</td>
                <td>{`↓ ${words.rate(peer.downBytesPerSecond)}`}</td>
                <td>{`↑ ${words.rate(peer.upBytesPerSecond)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data === undefined || data.trackers.length === 0 ? null : (
        <ul>
          {data.trackers.map(({ host, people }) => (
            <li key={host}>
              {people === null
                ? say('statistics.tracker', { host })
                : say('statistics.tracker-people', { host, count: people })}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
