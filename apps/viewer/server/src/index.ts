export { HTTP_LIMITS, type HttpLimits } from './http/http-limits.ts'
export {
  listenHttp,
  PortsTakenError,
  type HttpListener,
  type HttpListenerOptions,
} from './http/listener.ts'
export { seasonsInOrder } from './library/episodes.ts'
export { chooseFilm, filmChoices, subtitlesOf, type FilmChoice } from './library/film-choice.ts'
export type { FeedPlace } from './library/followed-feeds.ts'
export type { OwnSource, SourceTorrent } from './library/own-source.ts'
export type { FollowedFeed } from './library/following/followed-feed.ts'
export { FollowingFile } from './library/following/following-file.ts'
export {
  openFollowing,
  type FollowingOptions,
  type OpenFollowing,
} from './library/following/open-following.ts'
export { ownLanguageName } from './library/language-name.ts'
export { packedSource, type PackedSource } from './library/streams/packed-source.ts'
export type { OpenFilm, OpenStreams } from './library/streams/open-streams.ts'
export { thanksFor } from './library/thanks.ts'
export type { Viewer } from './library/viewer.ts'
export { rightsSlip } from './library/words/rights-words.ts'
export { titleFor } from './library/work-cards.ts'
export { episodeSynopsis, episodeTitle, seasonName, synopsisFor } from './library/work-texts.ts'
export { findProgram } from './machine/programs.ts'
export { LOG_LEVELS, openLog, type LogLevel } from './log.ts'
export type { OtherTypes } from './media/media-answer.ts'
export type { MediaFile } from './media/media-file.ts'
export { diskMediaFile } from './media/disk-media-file.ts'
export { rangedAnswer } from './media/ranged-answer.ts'
export {
  openMediaServer,
  type MediaServer,
  type MediaServerOptions,
  type ServedFile,
} from './media/media-server.ts'
export {
  DEFAULT_PORT,
  openViewerServer,
  type ViewerApi,
  type ViewerParts,
  type ViewerServer,
  type ViewerServerOptions,
} from './viewer-server.ts'
export { diskBytesOf, openMediaFolder } from './settings/media-folder.ts'
export { DataFolderError, FolderClaimedError } from './session/folder-claim.ts'
export { NewerDataError } from './session/newer-data.ts'
export { openProfileList, type NamedProfile } from './profiles/pin-reset.ts'
export { startViewer, type ViewerOptions } from './start-viewer.ts'
export { openPrivateFolder } from './session/private-folder.ts'
