import type catalogue from './en.json'

type WithoutPlural<Key> = Key extends `${infer Stem}_${'one' | 'other'}` ? Stem : Key

/** A string of the catalogue, without its plural ending. */
export type TextKey = WithoutPlural<keyof typeof catalogue>

/** A string of the catalogue with what goes into it. `count` chooses the plural. */
export interface Sentence {
  readonly key: TextKey
  readonly values?: Readonly<Record<string, string | number>>
}
