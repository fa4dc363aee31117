import { Download, Pause, Play, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AnnouncedVersion, UpdateFetchState, UpdateHindrance } from '#api'
import { useUpdateFetch } from '../../api/diagnosis-queries.ts'
import { codeOf } from '../../api/request.ts'
import { Button } from '../../design/button.tsx'
import { ProgressLine } from '../../design/progress-line.tsx'
import type { Sentence } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { sizeWords } from '../settings/byte-words.ts'
import { unpackingWords } from './unpacking-words.ts'

const HINDRANCES = {
  'web-only': 'update.web-only',
  'dht-off': 'update.dht-off',
  unconfirmed: 'update.unconfirmed',
  'too-large': 'update.too-large',
  'no-room': 'update.no-room',
} as const satisfies Record<UpdateHindrance, Sentence['key']>

const FAILURES = {
  'wrong-bytes': 'update.wrong-bytes',
  'in-use': 'update.in-use',
  disk: 'update.disk-refused',
} as const satisfies Record<Extract<UpdateFetchState, { kind: 'failed' }>['why'], Sentence['key']>

/** The archive of a newer version: fetched when somebody presses, and never put to use by itself. */
export function UpdateFetch({ announced }: { readonly announced: AnnouncedVersion }): ReactNode {
  const { say, language } = useText()
  const fetch = useUpdateFetch()
  const { version, from, lengthBytes, fetch: state } = announced
  const act = (method: 'POST' | 'PUT' | 'DELETE'): void => fetch.mutate({ method, version })
  const size = (bytes: number): string => sizeWords(bytes, language)
  const hasDiskFailed = ['disk', 'disk-full'].includes(codeOf(fetch.error) ?? '')
  const isUnderWay = state.kind === 'fetching' || state.kind === 'paused'
  return (
    <div className="update-fetch" data-fetch={state.kind}>
      <p role="status">
        {hasDiskFailed ? say('update.disk-refused') : statusWords(state, from, say)}
      </p>
      {isUnderWay ? (
        <div className="update-progress">
          <ProgressLine part={state.hereBytes / lengthBytes} />
          <p className="note">
            {say('kept.here-of', { here: size(state.hereBytes), all: size(lengthBytes) })}
            {state.kind === 'fetching'
              ? ` · ${say('update.connected', { count: state.people })}`
              : ''}
          </p>
        </div>
      ) : null}
      {state.kind === 'saved' ? <Saved version={version} path={state.path} /> : null}
      <div className="update-acts">
        {state.kind === 'absent' || state.kind === 'failed' ? (
          <Button
            icon={Download}
            isBusy={fetch.isPending}
            onClick={() => act('POST')}
            {...(state.kind === 'absent' && state.hinders !== null
              ? { refusal: say(HINDRANCES[state.hinders]) }
              : {})}
          >
            {say(state.kind === 'absent' ? 'update.fetch' : 'update.fetch-again')}
          </Button>
        ) : null}
        {state.kind === 'fetching' ? (
          <Button icon={Pause} isBusy={fetch.isPending} onClick={() => act('PUT')}>
            {say('kept.pause')}
          </Button>
        ) : null}
        {state.kind === 'paused' ? (
          <Button icon={Play} isBusy={fetch.isPending} onClick={() => act('POST')}>
            {say('kept.go-on')}
          </Button>
        ) : null}
        {isUnderWay ? (
          <Button variant="quiet" icon={X} isBusy={fetch.isPending} onClick={() => act('DELETE')}>
            {say('update.cancel')}
          </Button>
        ) : null}
        {state.kind === 'saved' ? (
          <Button
            variant="quiet"
            icon={Trash2}
            isBusy={fetch.isPending}
            onClick={() => act('DELETE')}
          >
            {say('update.delete')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function statusWords(
  state: UpdateFetchState,
  from: string,
  say: ReturnType<typeof useText>['say'],
): string {
  switch (state.kind) {
    case 'absent':
      return ''
    case 'fetching':
      if (state.waitsFor !== null) return say(HINDRANCES[state.waitsFor])
      return say(state.people === 0 ? 'update.looking' : 'update.coming')
    case 'paused':
      return say('update.paused')
    case 'checking':
      return say('update.checking')
    case 'saved':
      return say('update.saved')
    case 'failed':
      return say(FAILURES[state.why], { from })
  }
}

/** Where it lies, and how somebody puts it to use. */
function Saved({ version, path }: { readonly version: string; readonly path: string }): ReactNode {
  const { say } = useText()
  return (
    <>
      <p className="update-path">
        <code>{path}</code>
      </p>
      <CopyButton text={path}>{say('update.copy-path')}</CopyButton>
      <p>{say('update.use')}</p>
      <pre tabIndex={0} lang="en" dir="ltr" aria-label={say('update.commands')}>
        {unpackingWords(version, path)}
      </pre>
      <p className="note">{say('update.use-package')}</p>
    </>
  )
}
