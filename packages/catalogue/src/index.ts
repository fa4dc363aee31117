export * from './catalogue-error.ts'
export { canonicalJson } from './json/canonical-json.ts'
export * from './json/json-pointer.ts'
export { parseStrictJson } from './json/strict-json.ts'
export * from './limits.ts'
export * from './name/external-id.ts'
export * from './name/hash-text.ts'
export * from './name/id.ts'
export * from './name/language.ts'
export * from './name/place.ts'
export * from './name/token.ts'
export { CHANNEL_KINDS, type DonationChannel } from './record/donation-channel.ts'
export type { ExternalIds } from './record/external-ids.ts'
export type { Person } from './record/person.ts'
export { PICTURE_TYPES, picturePath, type Picture, type PictureType } from './record/picture.ts'
export * from './record/record-parser.ts'
export * from './record/record-writer.ts'
export type { LegacyRelease, OwnRelease, Release } from './record/release.ts'
export { deniesRights } from './record/rights-entry.ts'
export { creditOf, offeredReleases, rightsWorkOf } from './record/rights-work.ts'
export type {
  Attribution,
  RightsBasis,
  RightsEntry,
  RightsEvidence,
} from './record/rights-entry.ts'
export type { Chapter, Episode, Season } from './record/season.ts'
export type { RecordTermFacts } from './record/term-facts.ts'
export type {
  LegacyAudio,
  LegacySubtitles,
  LegacyVideo,
  ReleaseAudio,
  ReleaseSubtitles,
  ReleaseVideo,
} from './record/torrent-file.ts'
export type { OriginalTitle, PartTranslation, Translation } from './record/translation.ts'
export { FORMAT_VERSION } from './record/work-record.ts'
export type {
  Advisory,
  AgeRating,
  RecordFields,
  WorkKind,
  WorkLink,
  WorkRecord,
} from './record/work-record.ts'
export * from './text/web-address.ts'
export { openBundledFeed, readBundledFeed } from './feed/bundled-feed.ts'
export type {
  BundledFeed,
  FeedFiles,
  FeedPicture,
  FeedReading,
  FeedTrust,
  FeedWork,
  OpenedFeed,
  ReadFeed,
  ReadableFiles,
} from './feed/bundled-feed.ts'
export { parseManifest } from './feed/feed-manifest.ts'
export type { FeedEntry, FeedManifest, ParsedManifest, WorkList } from './feed/feed-manifest.ts'
export type { FeedCode, FeedProblem } from './feed/feed-problem.ts'
export { pictureProblem } from './feed/feed-picture.ts'
export { readRaster, type Raster } from './image/raster.ts'
export { parseFieldSources, unsourcedFields, type FieldSources } from './sources/field-sources.ts'
export { cleanLine, cleanParagraphs } from './text/clean-text.ts'
export * from './search/catalogue-answers.ts'
export { foldText } from './search/folding.ts'
export { USES, type Use } from './search/offer.ts'
export { parsePersonKey, personKeyOf, type PersonKey } from './search/person-key.ts'
export type { Withholding } from './search/withheld-works.ts'
export * from './search/work-query.ts'
export { UNRATED, ageOf, isWithin, type AgeLimit } from './search/work-age.ts'
export { summaryOf } from './search/work-summary.ts'
export type { StoredSummary, WorkKey, WorkSummary } from './search/work-summary.ts'
export { signFile } from './signed/file-signing.ts'
export { refreshFeed } from './signed/feed-refresh.ts'
export type { FeedCheck, Refresh, WantedFile } from './signed/feed-refresh.ts'
export { keyIdOf, tufKey } from './signed/role-key.ts'
export type { FeedCrypto, RoleKey, RoleSigners } from './signed/role-key.ts'
export { PUBLISHER, parseCuratorName, parseRoleName, type RoleName } from './signed/role-name.ts'
export { maySignFor } from './signed/targets-role.ts'
export type { Delegation, TargetFile, TargetsRole } from './signed/targets-role.ts'
export {
  isOfPattern,
  isPathPattern,
  parseTargetPath,
  type TargetPath,
} from './signed/target-path.ts'
export { beginTrust, type TrustBeginning } from './signed/trust-beginning.ts'
export { TrustError, type TrustCode, type TrustRefusal } from './signed/trust-error.ts'
export { ROLE_LIMITS, TRUST_LIMITS } from './signed/trust-limits.ts'
export type { Freshness, TrustedFiles } from './signed/trusted-files.ts'
export { tufCanonicalJson } from './signed/tuf-json.ts'
export { findTarget, targetFileName, targetProblem } from './signed/target-search.ts'
export {
  TIMESTAMP_FILE,
  freshnessOf,
  lapsedCurators,
  openTrustedFiles,
  roleFile,
  seenTime,
} from './signed/verified-feed.ts'
export type { VerifiedCurator, VerifiedFeed } from './signed/verified-feed.ts'
export { mayAdmit, readWorks, rolesWithWorks } from './signed/feed-works.ts'
export type { KnownWorks, WorksCheck, WorksReading, WorksStep } from './signed/feed-works.ts'
export { makeEnvelope, openEnvelope } from './signed/maker-envelope.ts'
export type { OpenedEnvelope, PayloadType } from './signed/maker-envelope.ts'
export * from './signed/revocation-memory.ts'
export { EFFECTS, parseRevocations, revocationsPath } from './signed/revocation.ts'
export type { Effect, Revocation } from './signed/revocation.ts'
export { isOfferable, makerChange, readSignedWork } from './signed/signed-work.ts'
export type { MakerChange, ReadWork, SignedWork } from './signed/signed-work.ts'
export { hashesOf, identitiesOf } from './record/work-identity.ts'
export { hashedBytes, readPack, writePack } from './signed/work-pack.ts'
export type { PackHead, PackLine, PackedWork, WorkPack } from './signed/work-pack.ts'
export { stateOf } from './signed/works-state.ts'
export { FEED_HEAD, HEAD_LIMITS, followedFeedId, parseFeedHead } from './signed/feed-head.ts'
export type { FeedHead, ParsedHead } from './signed/feed-head.ts'
export {
  LIST_FILE_BYTES,
  parseListDraft,
  readFollowedList,
  readOfferedList,
} from './signed/followed-list.ts'
export type { FollowedList, ListedWork, OfferedList, ReadList } from './signed/followed-list.ts'
export { signList } from './signed/list-signing.ts'
export { runCheck, type FetchFile } from './signed/check-run.ts'
export { readWorkSource, type PublishedWork, type WorkSource } from './publish/work-source.ts'
export {
  FeedPathBook,
  feedTorrentPaths,
  signedPaths,
  workPaths,
  type FeedPaths,
} from './publish/feed-paths.ts'
export {
  FEED_PIECE_BYTES,
  feedTorrent,
  feedTorrentFile,
  feedTorrentFileSteps,
  type FeedTorrent,
  type FeedTorrentFile,
} from './publish/feed-torrent.ts'
export {
  POINTER_BYTES,
  POINTER_FILE,
  feedMagnet,
  makePointer,
  pointerOf,
  pointerSalt,
  readPointer,
  writePointer,
  type FeedPointer,
  type PointerOrder,
} from './publish/feed-pointer.ts'
export { HEAD_PACK_BYTES, encodeHeadPack, readHeadPack } from './head/head-pack.ts'
export type { HeadLeaves, HeadPack, HeadPoint, HeadPoints } from './head/head-pack.ts'
export type { RootRole } from './signed/top-roles.ts'
export { openCuratorFile } from './publish/curator-file.ts'
export { readEdition, type Edition, type EditionWork } from './publish/edition.ts'
export {
  nextEdition,
  type EditionOrder,
  type NextEdition,
  type PackTools,
} from './publish/next-edition.ts'
export type { HeadOrder } from './publish/next-head.ts'
export {
  publishedRole,
  signDraft,
  type PublishedRole,
  type RoleDraft,
} from './publish/role-draft.ts'
export {
  draftRoot,
  readRootDraft,
  rootState,
  signRoot,
  type RootOrder,
  type RootState,
  type Signatories,
} from './publish/root-draft.ts'
export {
  draftCurator,
  draftPublisher,
  type CuratorOrder,
  type TargetsDraft,
  type TargetsOrder,
} from './publish/targets-draft.ts'
export {
  draftPath,
  draftSnapshot,
  draftTimestamp,
  type SignedTargets,
  type TopOrder,
} from './publish/top-draft.ts'
