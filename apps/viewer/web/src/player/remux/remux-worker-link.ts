// oxlint-disable-next-line import/default -- Vite makes it: the address of the built worker
import workerUrl from './remux-worker.ts?worker&url'

/** The part of Trusted Types that is needed; TypeScript's DOM doesn't know them yet. */
declare const trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { readonly createScriptURL: () => string },
      ): { createScriptURL(input: string): string }
    }
  | undefined

/** The worker that takes films apart. The policy of the pages wants a promise that its address is ours; it was built in. */
export function openRemuxWorker(): Worker {
  const policy =
    typeof trustedTypes === 'undefined'
      ? null
      : trustedTypes.createPolicy('matinee-remux', { createScriptURL: () => workerUrl })
  return new Worker(policy?.createScriptURL('') ?? workerUrl, { type: 'module' })
}
