/**
 * Why no torrent can be made; `code` is stable.
 *
 * - `not-found`: nothing at the path
 * - `not-a-file`: neither a file nor (alone) a folder; or a device, a socket, a pipe in the folder
 * - `symlink`: a symbolic link: what it leads to is somebody else's decision
 * - `empty`: no file, or not one byte in all files
 * - `name`: several paths without a name for the torrent, two of the same name, or a name that isn't text
 * - `piece-length`: not a power of two from 16 KiB to 128 MiB
 * - `too-large`: more files or pieces than anybody takes
 * - `unreadable`: the system refused to read
 * - `changed`: a file changed while it was read
 */
export type CreateErrorCode =
  | 'not-found'
  | 'not-a-file'
  | 'symlink'
  | 'empty'
  | 'name'
  | 'piece-length'
  | 'too-large'
  | 'unreadable'
  | 'changed'

/** The files can't become a torrent. */
export class CreateError extends Error {
  override readonly name = 'CreateError'
  readonly code: CreateErrorCode
  constructor(code: CreateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
