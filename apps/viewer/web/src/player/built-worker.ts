/** The part of Trusted Types that is needed; TypeScript's DOM doesn't know them yet. */
declare const trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { readonly createScriptURL: () => string },
      ): { createScriptURL(input: string): string }
    }
  | undefined

/**
 * Begins a worker that was built with the pages. Their policy wants a promise that its address is ours.
 *
 * @param name of that promise; each worker has its own
 * @param url as Vite's `?worker&url` gives it
 */
export function openBuiltWorker(name: string, url: string): Worker {
  const policy =
    typeof trustedTypes === 'undefined'
      ? null
      : trustedTypes.createPolicy(name, { createScriptURL: () => url })
  return new Worker(policy?.createScriptURL('') ?? url, { type: 'module' })
}
