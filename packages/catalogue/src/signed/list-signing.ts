import type { Signer } from '@matinee/base'
import { canonicalJson } from '../json/canonical-json.ts'
import { type JsonValue, isJsonObject } from '../json/json-pointer.ts'
import type { FollowedList } from './followed-list.ts'
import { makeEnvelope } from './maker-envelope.ts'

/**
 * The file of a list that is followed by itself, signed (feed-format 12.9): the same list has the same payload. Whether readers
 * would take it, only reading it says.
 */
export function signList(list: FollowedList, signers: readonly Signer[]): Uint8Array {
  const { mirrors, works, ...rest } = list
  const payload = {
    ...rest,
    ...(mirrors.length === 0 ? {} : { mirrors }),
    works: works.map(({ notes, ...work }) =>
      Object.keys(notes).length === 0 ? work : { ...work, notes },
    ),
  }
  return makeEnvelope(canonicalJson(jsonOf(payload)), 'matinee-list', signers)
}

/** Through text: a list is JSON but for the brands of its texts, and for fields that are undefined. */
function jsonOf(value: object): JsonValue {
  const json: unknown = JSON.parse(JSON.stringify(value))
  return isJsonObject(json) ? json : {}
}
