import { fileURLToPath } from 'node:url'

/** The repository's folder, absolute, without a slash at the end. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/u, '')
