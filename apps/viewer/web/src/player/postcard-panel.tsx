import { Copy, Download, RefreshCw, Share2, Type } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { Film } from '#api'
import { Button } from '../design/button.tsx'
import type { TextKey } from '../i18n/text-key.ts'
import { useText } from '../i18n/text.tsx'
import { saveFile } from '../parts/file-save.ts'
import { drawPostcard, pngOf, takeFrame, type TakenFrame } from './postcard-drawing.ts'
import { timeText } from './time-text.ts'
import './postcard.css'

/** A frame as a card with title, time and credit, to be saved, shared or copied; or why there can't be one. */
export function PostcardPanel({
  film,
  video,
}: {
  readonly film: Film | null
  readonly video: RefObject<HTMLVideoElement | null>
}): ReactNode {
  const { say } = useText()
  if (film === null) return <p>{say('postcard.no-film')}</p>
  // Without a credit nothing of a film is handed on.
  if (film.postcard.rule === 'none' || film.attribution === '')
    return <p className="postcard-why">{say('postcard.none')}</p>
  return <Card film={film} rule={film.postcard.rule} video={video} />
}

function Card({
  film,
  rule,
  video,
}: {
  readonly film: Film
  readonly rule: 'free' | 'unmodified'
  readonly video: RefObject<HTMLVideoElement | null>
}): ReactNode {
  const { say } = useText()
  const canvas = useRef<HTMLCanvasElement | null>(null)
  const [taken, setTaken] = useState<TakenFrame | 'none' | null>(null)
  const [isDrawn, setIsDrawn] = useState(false)
  const [said, setSaid] = useState<TextKey | null>(null)

  const take = useCallback((): void => {
    setSaid(null)
    takeFrame(video.current).then(
      (frame) => setTaken(frame ?? 'none'),
      () => setTaken('none'),
    )
  }, [video])
  useEffect(take, [take])

  const frame = taken === null || taken === 'none' ? null : taken
  useEffect(() => () => frame?.bitmap.close(), [frame])
  const when = frame === null ? '' : say('postcard.frame', { time: timeText(frame.seconds) })
  const time = frame === null ? '' : say('postcard.time', { time: timeText(frame.seconds) })
  const { title, subtitle, attribution: credit, postcard } = film
  const { licenceUrl } = postcard
  useEffect(() => {
    if (frame === null || canvas.current === null) return
    const { width, height } = frame.bitmap
    const matter = {
      title,
      subtitle,
      time: when,
      credit,
      licenceUrl,
      rule,
      frame: { width, height },
    }
    let isOver = false
    void drawPostcard(canvas.current, frame, matter).then(() => {
      if (!isOver) setIsDrawn(true)
    })
    return () => {
      isOver = true
    }
  }, [frame, title, subtitle, when, credit, licenceUrl, rule])

  if (taken === 'none')
    return (
      <>
        <p>{say('postcard.no-frame')}</p>
        <Button icon={RefreshCw} onClick={take}>
          {say('postcard.again')}
        </Button>
      </>
    )
  const alt = say('postcard.alt', { title, time, credit })
  const words = licenceUrl === null ? alt : `${alt} ${licenceUrl}`
  const name = `${fileName(title)}-${timeText(frame?.seconds ?? 0).replaceAll(':', '-')}.png`
  const png = async (): Promise<File> => {
    const blob = canvas.current === null ? null : await pngOf(canvas.current)
    if (blob === null) throw new Error('no picture was made')
    return new File([blob], name, { type: 'image/png' })
  }
  const attempt = (what: () => Promise<unknown>, done: TextKey | null): void => {
    setSaid(null)
    what().then(
      () => setSaid(done),
      (error: unknown) => {
        // Whoever closes the system's sheet has decided.
        if (!(error instanceof DOMException && error.name === 'AbortError'))
          setSaid('postcard.failed')
      },
    )
  }
  return (
    <div className="postcard">
      <canvas
        ref={canvas}
        className="postcard-card"
        role="img"
        aria-label={alt}
        data-drawn={isDrawn}
      />
      {rule === 'unmodified' ? <p className="postcard-why">{say('postcard.unmodified')}</p> : null}
      <p className="postcard-words">{words}</p>
      <div className="postcard-acts">
        <Button
          variant="primary"
          icon={Download}
          onClick={() => attempt(async () => saveFile(await png()), 'postcard.saved')}
        >
          {say('postcard.save')}
        </Button>
        {canShare() ? (
          <Button
            icon={Share2}
            onClick={() =>
              attempt(
                async () => navigator.share({ files: [await png()], title, text: words }),
                null,
              )
            }
          >
            {say('postcard.share')}
          </Button>
        ) : null}
        <Button
          icon={Copy}
          onClick={() =>
            attempt(
              // The picture is promised, not waited for: behind a wait it's no gesture any more.
              () => navigator.clipboard.write([new ClipboardItem({ 'image/png': png() })]),
              'postcard.copied',
            )
          }
        >
          {say('postcard.copy')}
        </Button>
        <Button
          icon={Type}
          onClick={() => attempt(() => navigator.clipboard.writeText(words), 'postcard.copied')}
        >
          {say('postcard.copy-words')}
        </Button>
        <Button icon={RefreshCw} onClick={take}>
          {say('postcard.again')}
        </Button>
      </div>
      <p role="status" className="postcard-said">
        {said === null ? '' : say(said)}
      </p>
    </div>
  )
}

function canShare(): boolean {
  if (!('canShare' in navigator)) return false
  return navigator.canShare({ files: [new File([], 'postcard', { type: 'image/png' })] })
}

/** A title as a file may be called everywhere. */
function fileName(title: string): string {
  const plain = title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
  return plain.slice(0, 60) || 'matinee'
}
