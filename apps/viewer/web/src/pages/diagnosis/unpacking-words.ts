/**
 * What somebody types who wants to use an archive of Matinee, line by line; a path is quoted for a POSIX shell, whatever is in it.
 *
 * @param path absolute: where the archive lies
 */
export function unpackingWords(version: string, path: string): string {
  const quoted = `'${path.replaceAll("'", String.raw`'\''`)}'`
  return [`tar -xf ${quoted} -C ~`, `cd ~/matinee-${version}`, 'npm start'].join('\n')
}
