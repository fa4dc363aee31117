import { useMemo, type ReactNode } from 'react'
import type { Settings } from '#api'
import { Select } from '../../design/select.tsx'
import { LANGUAGES } from '../../i18n/language.ts'
import { useText } from '../../i18n/text.tsx'

/** Languages that many subtitles are in; the viewer's own come first. */
const SUBTITLE_LANGUAGES =
  'ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sr sv ta th tr uk ur vi zh'.split(
    ' ',
  )

/** The language of the pages, and of the subtitles that show by themselves. */
export function LanguageChoice({
  languages,
  subtitles,
  onChange,
}: {
  readonly languages: readonly string[]
  readonly subtitles: readonly string[]
  readonly onChange: (patch: Partial<Pick<Settings, 'languages' | 'subtitles'>>) => void
}): ReactNode {
  const { say, language, chooseLanguage } = useText()
  return (
    <>
      <Select
        label={say('settings.language')}
        options={LANGUAGES.map(({ code, name }) => ({ id: code, name }))}
        value={language}
        onChange={(id) => {
          const chosen = LANGUAGES.find(({ code }) => code === id)
          if (chosen === undefined) return
          chooseLanguage(chosen.code)
          onChange({ languages: [id, ...languages.filter((other) => other !== id)].slice(0, 20) })
        }}
      />
      <SubtitleChoice subtitles={subtitles} onChange={onChange} />
    </>
  )
}

/** The subtitles that show by themselves. */
export function SubtitleChoice({
  subtitles,
  onChange,
}: {
  readonly subtitles: readonly string[]
  readonly onChange: (patch: Pick<Settings, 'subtitles'>) => void
}): ReactNode {
  const { say, language } = useText()
  const first = subtitles[0] ?? ''
  const options = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'language' })
    return [...new Set([...SUBTITLE_LANGUAGES, ...(first === '' ? [] : [first])])]
      .map((id) => ({ id, name: names.of(id) ?? id }))
      .toSorted((a, b) => a.name.localeCompare(b.name, language))
  }, [first, language])
  return (
    <Select
      label={say('settings.subtitles')}
      note={say('settings.subtitles-note')}
      options={[{ id: '', name: say('settings.no-subtitles') }, ...options]}
      value={first}
      onChange={(id) => onChange({ subtitles: id === '' ? [] : [id] })}
    />
  )
}
