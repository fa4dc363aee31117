import { useEffect, useState } from 'react'
import { useStore } from '../film-hooks.ts'
import type { FrameDesk } from './frame-desk.ts'

type Shown = Pick<FrameDesk<ImageBitmap>, 'state' | 'subscribe'>

const NOTHING: Shown = { state: null, subscribe: () => () => undefined }

/**
 * The picture of a film at a moment, from a key frame that is here; null = there is none, as in browsers that give pages
 * no decoder. It's closed when another is shown.
 *
 * @param mediaUrl null = don't look
 * @param seconds null = nobody points at anything
 */
export function useKeyFrame(mediaUrl: string | null, seconds: number | null): ImageBitmap | null {
  const [desk, setDesk] = useState<FrameDesk<ImageBitmap> | null>(null)
  useEffect(() => {
    if (mediaUrl === null || typeof VideoDecoder === 'undefined') return undefined
    const url = new URL(mediaUrl, location.href).href
    let opened: FrameDesk<ImageBitmap> | null = null
    let isOver = false
    // Without it there is no picture, as where the browser has no decoder.
    import('./open-frame-desk.ts').then(
      ({ openFrameDesk }) => {
        if (isOver) return
        opened = openFrameDesk(url)
        setDesk(opened)
      },
      () => undefined,
    )
    return () => {
      isOver = true
      setDesk(null)
      opened?.close()
    }
  }, [mediaUrl])
  useEffect(() => desk?.wish(seconds), [desk, seconds])
  return useStore<ImageBitmap | null>(desk ?? NOTHING)
}
