import { messageOf } from '@matinee/base'

/** What the system's names for its refusals mean to whoever reads them, and can do about it. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'there is something of that name already',
  EACCES: 'you have no permission for that',
  EPERM: 'you have no permission for that',
  EROFS: 'that disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EFBIG: 'that disk takes no file as large',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program uses it',
  EIO: 'the disk fails',
}

/** Why the file system refused, in words: of the error itself, or of what caused it. */
export function refusalWords(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    const words = WORDS[codeOf(each)]
    if (words !== undefined) return words
  }
  return messageOf(error)
}

/** The system's own error in a chain of causes, or `null` when it is of something else. */
export function isRefusal(error: unknown): error is Error & { readonly path?: unknown } {
  return error instanceof Error && 'syscall' in error && WORDS[codeOf(error)] !== undefined
}

/** That nothing can be kept in a folder, why, and with which option to name another. */
export function cantKeepWords(folder: string, error: unknown, option: string): string {
  const why = refusalWords(error)
  const words = why === WORDS['ENOENT'] ? 'it takes no folders' : why
  return `nothing can be kept in ${folder}: ${words}; name another folder with ${option}`
}

/** That a newer Matinee wrote a file of the data folder, and with which option to name another folder. */
export function newerWords(path: string, option: string): string {
  return `${path} was written by a newer Matinee, and was left as it is; start that one, or start this one with another folder: ${option} DIR`
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
