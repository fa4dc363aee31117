import { pathToFileURL } from 'node:url'

/**
 * How the single executable reaches this program: what runs from inside of it can't import files by itself. Ends the
 * process with 1 when the file doesn't load.
 *
 * @param file absolute: a program of this copy
 */
export function run(file: string): void {
  import(pathToFileURL(file).href).catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
}
