import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OpenedStream, StreamStatus } from '#api'
import { ClientError, codeOf, type Client } from '../../api/client.ts'

/** How often the page asks what the swarm is doing. */
const STATUS_EVERY_MS = 500
/** Between attempts to open a stream that doesn't open. */
const AGAIN_MS = 1500

export interface OpenStream {
  readonly stream: OpenedStream | null
  readonly status: StreamStatus | null
  readonly askAgain: () => void
}

/**
 * Keeps a stream of a work open for as long as the component is there. When the server has forgotten it, as
 * after a restart, it's opened anew.
 */
export function useOpenStream(client: Client, workId: string): OpenStream {
  const [stream, setStream] = useState<OpenedStream | null>(null)
  const [attempt, setAttempt] = useState(0)
  const queries = useQueryClient()
  const askAgain = useCallback(() => setAttempt((count) => count + 1), [])

  useEffect(() => {
    let isOver = false
    let retry: ReturnType<typeof setTimeout> | undefined
    const opening = client.openWork(workId)
    opening.then(
      (opened) => {
        if (!isOver) setStream(opened)
      },
      () => {
        if (!isOver) retry = setTimeout(askAgain, AGAIN_MS)
      },
    )
    const close = (): void => {
      opening.then(({ streamId }) => client.closeStream(streamId)).catch(() => undefined)
    }
    addEventListener('pagehide', close)
    return () => {
      isOver = true
      clearTimeout(retry)
      removeEventListener('pagehide', close)
      close()
    }
  }, [client, workId, attempt, askAgain])

  const streamId = stream?.streamId ?? null
  const { data, error } = useQuery({
    queryKey: ['status', streamId],
    queryFn: () => client.status(streamId ?? ''),
    enabled: streamId !== null,
    refetchInterval: STATUS_EVERY_MS,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  })

  const forgotten = useRef<string | null>(null)
  useEffect(() => {
    const isForgotten = error instanceof ClientError && codeOf(error) === 'not-found'
    if (!isForgotten || forgotten.current === streamId) return
    forgotten.current = streamId
    // Pictures have new addresses, too.
    void queries.invalidateQueries({ queryKey: ['works'] })
    askAgain()
  }, [error, streamId, askAgain, queries])

  return { stream, status: data ?? null, askAgain }
}
