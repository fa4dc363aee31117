import type { FeedProblem } from '@matinee/catalogue'

/** What a curator does about a problem, by the codes of docs/feed-format.md. */
const ADVICE: Readonly<Record<FeedProblem['code'], string>> = {
  'no-manifest': 'name the folder that holds feed.json',
  'manifest-hash':
    'take the feed that came with this version, or build the application with this one',
  'stray-file': 'remove the file, or name it in feed.json or a record',
  'record-missing': 'put the file there, or remove its entry from feed.json',
  'record-hash': "if the change is meant, write the file's new length and SHA-256 into feed.json",
  'record-id': 'give the file the name of the id that it carries',
  'not-offerable': 'add what lacks, or make the work a candidate',
  'image-missing': 'put the picture there under its hash, or remove it from the record',
  'image-hash': "write the file's new length and SHA-256 into the record, and rename the file",
  'image-too-large': 'encode the picture anew, with at most 512 KiB',
  'image-type': 'encode the picture anew as PNG, JPEG, WebP or AVIF',
  'image-animated': 'take one still picture of it',
  'image-size': "write the picture's true width and height into the record, at most 4096 each way",
  'sources-missing': 'put the file there, or remove sourcesSha256 from feed.json',
  'sources-hash': "if the change is meant, write the file's new SHA-256 into feed.json",
  'unsourced-field': 'say in the file of sources where the field is from',
  'too-large': 'make the file smaller',
  'not-utf8': 'save the file as UTF-8 without a byte-order mark',
  'not-json': 'mend the JSON',
  'too-deep': 'nest less',
  'too-many-values': 'hold fewer values',
  'duplicate-key': 'keep one of the two',
  key: 'use another name for the field',
  'not-unicode': 'write the text anew',
  type: 'say in "type" what the file is',
  version: 'say in "version" which version of the format it has',
  envelope: 'take the record out of its envelope: signed records are not read yet',
  'missing-field': 'add the field',
  'unknown-field': 'remove the field, mend its name, or begin the name with x-',
  'wrong-type': 'give the field a value of the type that docs/feed-format.md names',
  value: 'give the field a value that docs/feed-format.md allows',
  'text-empty': 'write something, or leave the field out',
  'text-too-long': 'shorten the text',
  'too-many-items': 'name fewer',
  link: 'write a plain web address, without user, password or spaces',
  path: "write the file's path inside its torrent, with /",
  id: 'use small letters and digits, in groups joined by -',
  language: 'write a language tag such as fr or pt-BR',
  country: 'write two capital letters such as FR',
  scope: 'write worldwide, EU or a country such as FR',
  date: 'write a day that exists, as 2026-11-21',
  hash: 'write the hash in small hexadecimal digits',
  span: 'write start and end within the file',
  kind: "remove what doesn't fit the kind of work",
  duplicate: 'keep one of the two',
  reference: 'name something that is there',
}

/** What to do about a problem: one clause. */
export function adviceFor({ code }: FeedProblem): string {
  return ADVICE[code]
}
