export { CastError } from './cast-error.ts'
export type { CastErrorCode } from './cast-error.ts'
export { CAST_LIMITS } from './cast-limits.ts'
export type { ScreenPorts } from './castv2/chromecast.ts'
export { ScreenSearch, DISCOVERY } from './discovery/screen-search.ts'
export type { DiscoveryPlaces, ScreenSearchOptions } from './discovery/screen-search.ts'
export { openScreen } from './open-screen.ts'
export { screenText } from './screen-text.ts'
export type {
  CaptionStyle,
  CastCaptions,
  CastFilm,
  FoundScreen,
  Screen,
  ScreenKind,
  ScreenStatus,
} from './screen.ts'
