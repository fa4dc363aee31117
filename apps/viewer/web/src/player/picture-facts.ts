/** What a media element tells of its picture. */
export interface PictureFacts {
  readonly width: number
  readonly height: number
  /** As they are shown on the page, in CSS pixels. */
  readonly shownWidth: number
  readonly shownHeight: number
  readonly frames: number
  readonly droppedFrames: number
}

/** The facts of now. */
export function pictureFacts(video: HTMLVideoElement): PictureFacts {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality()
  return {
    width: video.videoWidth,
    height: video.videoHeight,
    shownWidth: video.clientWidth,
    shownHeight: video.clientHeight,
    frames: totalVideoFrames,
    droppedFrames: droppedVideoFrames,
  }
}
