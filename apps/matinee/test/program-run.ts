import { fileURLToPath } from 'node:url'
import { runProgram, startProgram, type ProgramEnd, type ProgramRun } from '@matinee/testkit'

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))

/** Starts `src/<name>`. */
export function startOwn(name: string, args: readonly string[]): ProgramRun {
  return startProgram(SOURCES + name, args)
}

/** Runs `src/main.ts` to its end, with `input` on its standard input. */
export async function runMatinee(
  args: readonly string[],
  cwd?: string,
  input?: string,
): Promise<ProgramEnd> {
  return await runProgram(`${SOURCES}main.ts`, args, { cwd, input })
}
