import { parentPort } from 'node:worker_threads'
import { type LogFields, assert } from '@matinee/base'
import type { CatalogueStoreCode } from './catalogue-store-error.ts'
import { storeErrorOf } from './catalogue-store-error.ts'

/** What a thread can be asked: one argument, which is copied, as is the answer. */
export type Calls<C> = { readonly [N in keyof C]: (argument: never) => unknown }

/** A call on its way. */
export interface Question {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}

/** What became of a call. */
export type Answer =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'error'
      readonly id: number
      readonly code: CatalogueStoreCode
      readonly message: string
    }

/** A fact for the log of the thread that started this one. */
export interface Logged {
  readonly kind: 'log'
  readonly level: 'info' | 'warn'
  readonly event: string
  readonly fields: LogFields
}

/** Answers questions in a thread, one after another. */
export function serveCalls<C extends Calls<C>>(calls: C): void {
  const handlers: object = calls
  const port = parentPort
  assert(port !== null, 'calls are served in a thread')
  port.on('message', ({ id, name, argument }: Question) => {
    let answer: Answer
    try {
      const call = Reflect.get(handlers, name) as (argument: unknown) => unknown
      answer = { kind: 'value', id, value: call(argument) }
    } catch (error) {
      const { code, message } = storeErrorOf(name, error)
      answer = { kind: 'error', id, code, message }
    }
    port.postMessage(answer)
  })
}

/** Reports a fact to the thread that started this one. */
export function logUpward(level: Logged['level'], event: string, fields: LogFields): void {
  parentPort?.postMessage({ kind: 'log', level, event, fields } satisfies Logged)
}
