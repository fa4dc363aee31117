import {
  messageOf,
  pathIn,
  readWholeFile,
  writeWholeFile,
  type Disk,
  type Log,
} from '@matinee/base'
import { BencodeDictionary, decodeBencode, encodeBencode } from '@matinee/protocol'

/** A small file of ours beside others: a bencoded dictionary that costs only time when it's lost. */
export interface BencodedPlace {
  readonly disk: Disk
  readonly log: Log
  readonly folder: string
  /** In the folder. */
  readonly name: string
  /** A longer one isn't ours. */
  readonly mostBytes: number
}

/** What stands in the file. One that is missing, damaged or can't be read is as if it were empty (threats.md A21). Never throws. */
export async function loadBencoded(place: BencodedPlace): Promise<BencodeDictionary> {
  const { disk, log, folder, name, mostBytes } = place
  try {
    const bytes = await readWholeFile(disk, pathIn(folder, name), mostBytes)
    const value = bytes === null ? null : decodeBencode(bytes)
    if (value instanceof BencodeDictionary) return value
  } catch (error) {
    log.warn('file of our own not read', { name, reason: messageOf(error) })
  }
  return BencodeDictionary.from([])
}

/** Puts the dictionary in the file's place; it survives a power cut. Never throws: true = it's kept. */
export async function saveBencoded(
  place: BencodedPlace,
  dictionary: BencodeDictionary,
): Promise<boolean> {
  const { disk, log, folder, name } = place
  try {
    await disk.makeFolder(folder)
    await writeWholeFile(disk, folder, name, encodeBencode(dictionary))
    return true
  } catch (error) {
    log.warn('file of our own not kept', { name, reason: messageOf(error) })
    return false
  }
}
