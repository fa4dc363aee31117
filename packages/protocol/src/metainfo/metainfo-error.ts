/** Why a metainfo was refused; stable. */
export type MetainfoErrorCode =
  /** More bytes or values than any honest torrent has. */
  | 'too-large'
  | 'not-bencode'
  /** There is no info dictionary. */
  | 'no-info'
  | 'name'
  | 'piece-length'
  /** The v1 hashes are missing, ragged, or not as many as the length asks for. */
  | 'pieces'
  | 'length'
  /** No list of files, or nothing in it. */
  | 'files'
  | 'too-many-files'
  | 'too-many-pieces'
  /** A path element that is a way out of a folder, or no text at all. */
  | 'path'
  | 'path-depth'
  | 'duplicate-path'
  | 'symlink'
  | 'pad-file'
  | 'file-tree'
  | 'pieces-root'
  | 'piece-layers'
  /** The v1 and the v2 half describe different torrents. */
  | 'hybrid-conflict'
  | 'urls'
  /** The info dictionary is not the one that was asked for. */
  | 'info-hash'
  | 'meta-version'

/** A metainfo breaks BEP 3, 47 or 52, or a cap. The only error the parser throws. */
export class MetainfoError extends Error {
  override readonly name = 'MetainfoError'
  readonly code: MetainfoErrorCode
  constructor(code: MetainfoErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
